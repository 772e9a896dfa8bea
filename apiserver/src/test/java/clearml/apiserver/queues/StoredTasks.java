package clearml.apiserver.queues;

import clearml.apiserver.call.Caller;
import clearml.apiserver.store.mongo.MongoStores;
import java.util.Date;
import org.bson.Document;

/** Tasks with nothing but a status and a queue. */
final class StoredTasks implements QueueTasks {

    private final MongoStores stores;
    Runnable whenQueueIsSet = () -> {};

    StoredTasks(MongoStores stores) {
        this.stores = stores;
    }

    String queue() {
        return stores.backend("task").find().first().getString("queue");
    }

    @Override
    public void setQueue(String task, String queue) {
        stores.backend("task").updateOne(new Document("_id", task), new Document("$set", new Document("queue", queue)));
        whenQueueIsSet.run();
    }

    @Override
    public Waiting waiting(String task) {
        var found = stores.backend("task").find(new Document("_id", task)).first();
        return "queued".equals(found.get("status")) ? new Waiting(new Date(1000), new Date(1000), 0) : null;
    }

    @Override
    public boolean takeBack(String task, String queue, String reason, Caller caller) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Pulled pulled(String task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void returned(String task, Waiting waiting) {
        stores.backend("task").updateOne(new Document("_id", task), new Document("$inc", new Document("returns", 1)));
    }

    @Override
    public boolean giveUp(String task, String reason) {
        throw new UnsupportedOperationException();
    }
}
