package clearml.apiserver.events;

import clearml.apiserver.call.Call;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Events that are to be deleted in the background: the collection {@code x_events_to_delete}, so that no restart forgets
 * them. A document has the last write of each index that it means, as the tasks may have run again by the time.
 */
@Component
class EventsToDelete {

    private final MongoCollection<Document> work;

    EventsToDelete(MongoStores stores) {
        work = stores.backend("x_events_to_delete");
    }

    /**
     * What there was in an index.
     *
     * @param sequence of the last write that is meant
     * @param events how many
     */
    record UpTo(String index, long sequence, long events) {

        private Document document() {
            return new Document("index", index).append("sequence", sequence).append("events", events);
        }

        private Map<String, Object> query() {
            return Queries.all(Queries.term("_index", index), Queries.range("_seq_no", "lte", sequence));
        }
    }

    /** Work that is to be done. */
    record Order(String id, EventScope scope, List<Document> upTo) {

        private static Order of(Document stored) {
            List<String> tasks = stored.getList("tasks", String.class, List.of());
            return new Order(
                    stored.getString("_id"),
                    new EventScope(List.of(stored.getString("company")), tasks, null),
                    stored.getList("up_to", Document.class, List.of()));
        }

        Map<String, Object> query() {
            List<Map<String, Object>> indices = new ArrayList<>();
            for (Document index : upTo) {
                indices.add(new UpTo(index.getString("index"), index.getLong("sequence"), 0).query());
            }
            return EventQuery.ofTasks(scope.tasks()).and(Queries.any(indices)).query();
        }
    }

    void add(String company, List<String> tasks, List<UpTo> upTo) {
        work.insertOne(new Document("_id", Call.newId())
                .append("company", company)
                .append("tasks", tasks)
                .append("up_to", upTo.stream().map(UpTo::document).toList())
                .append("created", new Date())
                .append("failures", 0));
    }

    /** The next work: what failed often comes last. Null when there is none. */
    @Nullable
    Order next() {
        Document first =
                work.find().sort(Sorts.ascending("failures", "created")).first();
        return first == null ? null : Order.of(first);
    }

    void done(Order order) {
        work.deleteOne(Filters.eq("_id", order.id()));
    }

    void failed(Order order, String reason) {
        work.updateOne(
                Filters.eq("_id", order.id()),
                Updates.combine(Updates.inc("failures", 1), Updates.set("last_failure_reason", reason)));
    }
}
