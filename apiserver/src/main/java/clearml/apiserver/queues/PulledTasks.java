package clearml.apiserver.queues;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The tasks that workers have got and not yet started: a queue remembers them in {@code x_pulled}, a member that the
 * reference neither reads nor overwrites. The oldest are forgotten above 500.
 */
@Component
class PulledTasks {

    private static final String PULLED = "x_pulled";
    private static final int MOST = 500;

    /** More than fit into a document. */
    private static final int ALL = 1_000_000;

    private final MongoCollection<Document> queues;

    /**
     * A task that somebody has got.
     *
     * @param added when it came into the queue
     * @param pulled when it left it
     * @param by {@code {"worker", "user", "ip"}}
     */
    record PulledTask(
            String queue,
            String company,
            String task,
            @Nullable Date added,
            Date pulled,
            Document by) {

        private static PulledTask of(Document queue, Document entry) {
            return new PulledTask(
                    queue.getString("_id"),
                    queue.getString("company"),
                    entry.getString("task"),
                    entry.getDate("added"),
                    entry.getDate("pulled"),
                    entry.get("by", new Document()));
        }

        /** Not before it was enqueued for this, whichever clocks the servers have and how long the pull took. */
        Date latest() {
            return added != null && added.after(pulled) ? added : pulled;
        }

        private Document entry() {
            return new Document("task", task).append("added", added);
        }

        private Document member() {
            return new Document("task", task).append("pulled", pulled);
        }
    }

    PulledTasks(MongoStores stores) {
        queues = stores.backend("queue");
    }

    /** One update that takes the first entry out and remembers it, whichever it is by then. */
    static List<Document> popAndRemember(Document by) {
        Document pulled = new Document("pulled", new Date()).append("by", new Document("$literal", by));
        Document first = new Document("$arrayElemAt", List.of("$entries", 0));
        Document merged = new Document("$mergeObjects", List.of(first, pulled));
        Document before = new Document("$ifNull", List.of("$" + PULLED, List.of()));
        Document all = new Document("$concatArrays", List.of(before, List.of(merged)));
        return List.of(new Document(
                "$set",
                new Document(PULLED, new Document("$slice", List.of(all, -MOST)))
                        .append("entries", new Document("$slice", List.of("$entries", 1, ALL)))
                        .append("last_update", new Date())));
    }

    /** Goes through those of all queues of all companies. */
    void forEach(Consumer<PulledTask> each) {
        queues.find(Filters.exists(PULLED + ".0"))
                .projection(Projections.include("company", PULLED))
                .forEach(queue -> members(queue).forEach(entry -> each.accept(PulledTask.of(queue, entry))));
    }

    /** Those of one queue. */
    List<PulledTask> of(Bson condition) {
        List<PulledTask> found = new ArrayList<>();
        queues.find(condition)
                .projection(Projections.include("company", PULLED))
                .forEach(queue -> members(queue).forEach(entry -> found.add(PulledTask.of(queue, entry))));
        return found;
    }

    /** Who has got a task from queues of its company. */
    List<Document> by(String task, String company) {
        return of(Filters.and(Filters.eq("company", company), Filters.eq(PULLED + ".task", task))).stream()
                .filter(pulled -> pulled.task().equals(task))
                .map(PulledTask::by)
                .toList();
    }

    private static List<Document> members(Document queue) {
        return queue.getList(PULLED, Document.class, List.of());
    }

    void forget(PulledTask pulled) {
        queues.updateOne(Filters.eq("_id", pulled.queue()), Updates.pull(PULLED, pulled.member()));
    }

    /** It is running, so it waits in no queue any more, and those that are known to have got it need not be remembered. */
    void started(String task, String company, Collection<Document> known) {
        Bson knows = Filters.or(Filters.eq("entries.task", task), Filters.eq(PULLED + ".task", task));
        queues.updateMany(
                Filters.and(Filters.eq("company", company), knows),
                Updates.combine(
                        Updates.pull("entries", new Document("task", task)),
                        Updates.pull(PULLED, new Document("task", task).append("by", new Document("$in", known))),
                        Updates.set("last_update", new Date())));
    }

    /** Whether it is in a queue, or has come into one since then and was pulled. */
    boolean isKnown(String task, String company, Date since) {
        Bson later = Filters.or(Filters.gte("pulled", since), Filters.gte("added", since));
        Bson gone = Filters.elemMatch(PULLED, Filters.and(Filters.eq("task", task), later));
        Bson known = Filters.or(Filters.eq("entries.task", task), gone);
        return queues.find(Filters.and(Filters.eq("company", company), known))
                        .projection(Projections.include("_id"))
                        .first()
                != null;
    }

    /** Whether it is in a queue of its company. */
    boolean isQueued(PulledTask pulled) {
        return queues.find(Filters.and(
                                Filters.eq("company", pulled.company()), Filters.eq("entries.task", pulled.task())))
                        .projection(Projections.include("_id"))
                        .first()
                != null;
    }

    /** Whether some worker has got it after that time. */
    boolean isOutSince(Date time, String task, String company) {
        Bson later = Filters.and(Filters.eq("task", task), Filters.gt("pulled", time));
        return queues.countDocuments(Filters.and(Filters.eq("company", company), Filters.elemMatch(PULLED, later))) > 0;
    }

    /**
     * Puts it back to the front of its queue, unless somebody has done something about it; whether it is there now. It is to
     * be forgotten after that: until then {@link #takeOut} finds it, should this server die.
     */
    boolean putBack(PulledTask pulled) {
        Bson unchanged = Filters.and(
                Filters.eq("_id", pulled.queue()),
                Filters.ne("entries.task", pulled.task()),
                Filters.elemMatch(
                        PULLED, Filters.and(Filters.eq("task", pulled.task()), Filters.eq("pulled", pulled.pulled()))));
        Bson back = Updates.combine(
                Updates.pushEach("entries", List.of(pulled.entry()), new PushOptions().position(0)),
                Updates.set("last_update", new Date()));
        return queues.updateOne(unchanged, back).getMatchedCount() > 0;
    }

    /** Takes it out again, if it is there, and forgets it. */
    void takeOut(PulledTask pulled) {
        queues.updateOne(
                Filters.eq("_id", pulled.queue()),
                Updates.combine(Updates.pull("entries", pulled.entry()), Updates.pull(PULLED, pulled.member())));
    }
}
