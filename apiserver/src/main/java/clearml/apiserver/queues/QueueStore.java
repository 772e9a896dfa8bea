package clearml.apiserver.queues;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The collection {@code queue}. Every change is one conditional update. */
@Component
class QueueStore {

    /** Without tasks, and without those of which it is not settled whether they are in it. */
    static final Bson EMPTY =
            Filters.and(Filters.exists("entries.0", false), Filters.exists(UnsettledTasks.UNSETTLED + ".0", false));

    private static final Bson FIRST_ENTRY = firstEntries(1);

    /** Also of a queue that was stored without entries. */
    private static final Document ENTRIES =
            new Document("$cond", List.of(new Document("$isArray", "$entries"), "$entries", List.of()));

    private static final Bson SUMMARY = Aggregates.project(new Document("name", 1)
            .append("display_name", 1)
            .append("length", new Document("$size", ENTRIES))
            .append("next", new Document("$arrayElemAt", List.of(ENTRIES, 0))));

    private final MongoCollection<Document> queues;

    QueueStore(MongoStores stores) {
        queues = stores.backend("queue");
    }

    private static Bson firstEntries(int count) {
        return Projections.fields(Projections.include("name"), Projections.slice("entries", count));
    }

    void insert(Document queue) {
        queues.insertOne(queue);
    }

    /** A queue of the company, or the members of it that are named; 400/701. */
    Document own(String id, String company, String... members) {
        Document found = find(own(id, company), members);
        if (found == null) {
            throw unknown(id, company);
        }
        return found;
    }

    @Nullable
    Document find(Bson condition, String... members) {
        return queues.find(condition)
                .projection(members.length == 0 ? null : Projections.include(members))
                .first();
    }

    List<Document> list(Bson condition, String... members) {
        return queues.find(condition).projection(Projections.include(members)).into(new ArrayList<>());
    }

    /** A queue with no more than its first entry; null when there is none. */
    @Nullable
    Document withFirstEntry(Bson condition) {
        return queues.find(condition).projection(FIRST_ENTRY).first();
    }

    /** Whether a queue met the condition. */
    boolean update(Bson condition, Bson change) {
        return queues.updateOne(condition, change).getMatchedCount() > 0;
    }

    /** Name, display name, {@code length} and the {@code next} entry of the queues. */
    List<Document> summaries(Bson condition) {
        return queues.aggregate(List.of(Aggregates.match(condition), SUMMARY)).into(new ArrayList<>());
    }

    void updateAll(Bson condition, Bson change) {
        queues.updateMany(condition, change);
    }

    /**
     * Pops the first entry.
     *
     * @param by who gets it, so that the queue remembers it in {@code x_pulled}; null where it is not to
     * @return that entry and the one behind it, if there is one; none when no queue with entries met the condition
     */
    List<Document> pop(Bson condition, @Nullable Document by) {
        Bson filled = Filters.and(condition, Filters.exists("entries.0"));
        FindOneAndUpdateOptions first = new FindOneAndUpdateOptions().projection(firstEntries(2));
        Document before = by == null
                ? queues.findOneAndUpdate(
                        filled,
                        Updates.combine(Updates.popFirst("entries"), Updates.set("last_update", new Date())),
                        first)
                : queues.findOneAndUpdate(filled, PulledTasks.popAndRemember(by), first);
        return before == null ? List.of() : entries(before);
    }

    /** The entry of a task; null when it is in no queue that meets the condition. */
    @Nullable
    Document entry(Bson condition, String task) {
        Document found = queues.find(Filters.and(condition, Filters.eq("entries.task", task)))
                .projection(Projections.elemMatch("entries", Filters.eq("task", task)))
                .first();
        return found == null ? null : entries(found).get(0);
    }

    /** Whether a queue met the condition. */
    boolean delete(Bson condition) {
        return queues.deleteOne(condition).getDeletedCount() > 0;
    }

    static Bson own(String id, String company) {
        return Filters.and(Filters.eq("_id", id), Filters.eq("company", company));
    }

    static ApiException unknown(String id, String company) {
        return ApiError.INVALID_QUEUE_ID.with("id", id).with("company", company);
    }

    /** The entries of a queue, none when it was stored without. */
    static List<Document> entries(Document queue) {
        List<Document> entries = queue.getList("entries", Document.class);
        return entries == null ? List.of() : entries;
    }
}
