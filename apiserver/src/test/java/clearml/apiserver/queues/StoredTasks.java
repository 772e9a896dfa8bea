package clearml.apiserver.queues;

import clearml.apiserver.call.Caller;
import clearml.apiserver.store.mongo.MongoStores;
import java.util.ArrayList;
import java.util.Date;
import java.util.stream.Stream;
import org.bson.Document;

/** Tasks with nothing but a status and a queue. */
final class StoredTasks implements QueueTasks {

    private final MongoStores stores;
    Runnable whenQueueIsSet = () -> {};
    Runnable whenTakenBack = () -> {};

    StoredTasks(MongoStores stores) {
        this.stores = stores;
    }

    Stream<String> ids() {
        return stores.backend("task").find().into(new ArrayList<>()).stream().map(task -> task.getString("_id"));
    }

    boolean isQueued(String task) {
        return "queued".equals(find(task).get("status"));
    }

    String queue(String task) {
        return find(task).getString("queue");
    }

    private Document find(String task) {
        return stores.backend("task").find(new Document("_id", task)).first();
    }

    @Override
    public void setQueue(String task, String queue) {
        stores.backend("task").updateOne(new Document("_id", task), new Document("$set", new Document("queue", queue)));
        whenQueueIsSet.run();
    }

    @Override
    public Waiting waiting(String task) {
        return isQueued(task) ? new Waiting(new Date(1000), new Date(1000), 0, queue(task)) : null;
    }

    @Override
    public boolean takeBack(String task, String queue, String reason, Caller caller) {
        var waiting = new Document("_id", task).append("status", "queued").append("queue", queue);
        var back = Document.parse("{'$set': {'status': 'created'}, '$unset': {'queue': ''}}");
        var changed = stores.backend("task").updateOne(waiting, back).getMatchedCount() > 0;
        whenTakenBack.run();
        return changed;
    }

    @Override
    public Pulled pulled(String task, Date added) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void returned(String task, Waiting waiting, Document by) {
        stores.backend("task").updateOne(new Document("_id", task), new Document("$inc", new Document("returns", 1)));
    }

    @Override
    public void gotten(String task, Document by) {
        stores.backend("task").updateOne(new Document("_id", task), new Document("$push", new Document("gotten", by)));
    }

    @Override
    public boolean giveUp(String task, String reason) {
        throw new UnsupportedOperationException();
    }
}
