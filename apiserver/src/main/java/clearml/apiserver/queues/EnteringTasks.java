package clearml.apiserver.queues;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/**
 * The tasks that are about to come into a queue from another one: it announces them in {@code x_entering}, a member that
 * the reference neither reads nor overwrites, before anything else is written about it. So a server that dies in the middle leaves
 * behind what {@link EntranceRepair} needs to finish its work.
 */
@Component
class EnteringTasks {

    private static final String ENTERING = "x_entering";
    private static final String SETS_QUEUE = "sets_queue";
    private static final String TASK = "task";
    private static final String ADDED = "added";
    private static final String ENTRIES = "entries";
    private static final String ENTRIES_TASK = "entries.task";

    private final MongoCollection<Document> queues;

    EnteringTasks(MongoStores stores) {
        queues = stores.backend("queue");
    }

    /** Whether the queue exists and the task was not in it. */
    boolean announce(Entering entering) {
        Bson room = Filters.and(own(entering), Filters.ne(ENTRIES_TASK, entering.task()));
        Document announced = member(entering).append(SETS_QUEUE, entering.setsQueue());
        return queues.updateOne(room, Updates.push(ENTERING, announced)).getMatchedCount() > 0;
    }

    /** The announced task comes to the end of the queue, and is not announced any more; false if it no longer was. */
    boolean enter(Entering entering) {
        Bson announced = Filters.and(
                own(entering),
                Filters.ne(ENTRIES_TASK, entering.task()),
                Filters.elemMatch(
                        ENTERING, Filters.and(Filters.eq(TASK, entering.task()), Filters.eq(ADDED, entering.added()))));
        Bson enter = Updates.combine(
                Updates.push(ENTRIES, member(entering)),
                Updates.pull(ENTERING, new Document(TASK, entering.task())),
                Updates.set("last_update", new Date()));
        return queues.updateOne(announced, enter).getMatchedCount() > 0;
    }

    void withdraw(Entering entering) {
        queues.updateOne(own(entering), Updates.pull(ENTERING, member(entering)));
    }

    /** Goes through those of all queues of all companies. */
    void forEach(Consumer<Entering> each) {
        List<Entering> found = new ArrayList<>();
        queues.find(Filters.exists(ENTERING + ".0"))
                .projection(Projections.include("company", ENTERING))
                .forEach(queue -> members(queue).forEach(entry -> found.add(entering(queue, entry))));
        found.forEach(each);
    }

    /** The ids of those of a queue. */
    static List<String> of(Document queue) {
        return members(queue).stream().map(entry -> entry.getString(TASK)).toList();
    }

    private static List<Document> members(Document queue) {
        return queue.getList(ENTERING, Document.class, List.of());
    }

    private static Entering entering(Document queue, Document entry) {
        return new Entering(
                entry.getString(TASK),
                queue.getString("_id"),
                queue.getString("company"),
                entry.getDate(ADDED),
                entry.getBoolean(SETS_QUEUE, false));
    }

    private static Document member(Entering entering) {
        return new Document(TASK, entering.task()).append(ADDED, entering.added());
    }

    private static Bson own(Entering entering) {
        return QueueStore.own(entering.queue(), entering.company());
    }
}
