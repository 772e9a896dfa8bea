package clearml.apiserver.queues;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
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
 * Tasks whose status and whose place in a queue do not fit each other yet, as those are two documents. The queue notes
 * them in {@code x_unsettled}, a member that the reference neither reads nor overwrites: a task that is about to come
 * before anything else is written about it, one that leaves in the update that takes it out. Whoever has written the rest
 * removes the note. What a server leaves that dies before, {@link UnsettledTasksJob} settles.
 */
@Component
class UnsettledTasks {

    /** Of a queue. */
    static final String UNSETTLED = "x_unsettled";

    private static final String SETS_QUEUE = "sets_queue";
    private static final String TASK = "task";
    private static final String ADDED = "added";
    private static final String ENTRIES = "entries";
    private static final String ENTRIES_TASK = "entries.task";
    private static final String COMPANY = "company";
    private static final String LAST_UPDATE = "last_update";
    private static final int MOST_ATTEMPTS = 100;

    private final MongoCollection<Document> queues;

    UnsettledTasks(MongoStores stores) {
        queues = stores.backend("queue");
    }

    /** Whether the queue exists and the task was not in it. */
    boolean announce(Unsettled coming) {
        Bson room = Filters.and(own(coming), Filters.ne(ENTRIES_TASK, coming.task()));
        Document announced = member(coming).append(SETS_QUEUE, coming.setsQueue());
        return queues.updateOne(room, Updates.push(UNSETTLED, announced)).getMatchedCount() > 0;
    }

    /** The noted task comes to the end of the queue, and is settled; false if it no longer was noted. */
    boolean enter(Unsettled coming) {
        Bson noted = Filters.and(
                own(coming),
                Filters.ne(ENTRIES_TASK, coming.task()),
                Filters.elemMatch(
                        UNSETTLED, Filters.and(Filters.eq(TASK, coming.task()), Filters.eq(ADDED, coming.added()))));
        Date now = new Date();
        Document entry = new Document(TASK, coming.task()).append(ADDED, coming.added() == null ? now : coming.added());
        Bson enter =
                Updates.combine(Updates.push(ENTRIES, entry), settle(List.of(coming)), Updates.set(LAST_UPDATE, now));
        return queues.updateOne(noted, enter).getMatchedCount() > 0;
    }

    /**
     * Takes a task out of those queues that meet the condition.
     *
     * @param noted whether each of them is to note it
     */
    List<Unsettled> takeOut(String task, Bson condition, boolean noted) {
        List<Document> found = queues.find(Filters.and(condition, Filters.eq(ENTRIES_TASK, task)))
                .projection(Projections.fields(
                        Projections.include(COMPANY), Projections.elemMatch(ENTRIES, Filters.eq(TASK, task))))
                .into(new ArrayList<>());
        List<Unsettled> taken = new ArrayList<>();
        for (Document queue : found) {
            Unsettled left = of(queue, QueueStore.entries(queue).get(0));
            Bson leave = Updates.combine(
                    Updates.pull(ENTRIES, new Document(TASK, task)), Updates.set(LAST_UPDATE, new Date()));
            Bson change = noted ? Updates.combine(leave, Updates.push(UNSETTLED, member(left))) : leave;
            if (queues.updateOne(Filters.and(own(left), Filters.eq(ENTRIES_TASK, task)), change)
                            .getMatchedCount()
                    > 0) {
                taken.add(left);
            }
        }
        return taken;
    }

    /** Takes all tasks out of a queue, which notes them; null when there is no such queue. */
    @Nullable
    List<Unsettled> takeAll(String id, String company) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Document queue = queues.find(QueueStore.own(id, company))
                    .projection(Projections.include(COMPANY, ENTRIES))
                    .first();
            if (queue == null) {
                return null;
            }
            List<Document> entries = QueueStore.entries(queue);
            if (entries.isEmpty()) {
                return List.of();
            }
            List<Unsettled> all =
                    entries.stream().map(entry -> of(queue, entry)).toList();
            Bson unchanged = Filters.and(QueueStore.own(id, company), Filters.eq(ENTRIES, entries));
            Bson leave = Updates.combine(
                    Updates.set(ENTRIES, List.of()),
                    Updates.pushEach(
                            UNSETTLED, all.stream().map(UnsettledTasks::member).toList()));
            if (queues.updateOne(unchanged, leave).getMatchedCount() > 0) {
                return all;
            }
        }
        throw new IllegalStateException("The queue " + id + " changes all the time");
    }

    /** Removes the notes of tasks, all of one queue. */
    void settled(Collection<Unsettled> tasks) {
        tasks.stream().findFirst().ifPresent(first -> queues.updateOne(own(first), settle(tasks)));
    }

    private static Bson settle(Collection<Unsettled> tasks) {
        return Updates.pull(
                UNSETTLED,
                new Document("$or", tasks.stream().map(UnsettledTasks::member).toList()));
    }

    /** Goes through those of all queues of all companies. */
    void forEach(Consumer<Unsettled> each) {
        List<Unsettled> found = new ArrayList<>();
        queues.find(Filters.exists(UNSETTLED + ".0"))
                .projection(Projections.include(COMPANY, UNSETTLED))
                .forEach(queue -> found.addAll(of(queue)));
        found.forEach(each);
    }

    /** Those of a queue. */
    static List<Unsettled> of(Document queue) {
        return queue.getList(UNSETTLED, Document.class, List.of()).stream()
                .map(member -> of(queue, member))
                .toList();
    }

    private static Unsettled of(Document queue, Document member) {
        return new Unsettled(
                String.valueOf(member.get(TASK)),
                queue.getString("_id"),
                queue.getString(COMPANY),
                member.get(ADDED) instanceof Date added ? added : null,
                member.getBoolean(SETS_QUEUE, false));
    }

    private static Document member(Unsettled task) {
        return new Document(TASK, task.task()).append(ADDED, task.added());
    }

    private static Bson own(Unsettled task) {
        return QueueStore.own(task.queue(), task.company());
    }
}
