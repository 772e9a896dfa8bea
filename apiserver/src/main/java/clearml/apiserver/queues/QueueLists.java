package clearml.apiserver.queues;

import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.RequestBinder;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Page;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.Truth;
import clearml.apiserver.query.entities.Entities;
import clearml.config.ServerConfig;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists of queues: what is particular to them about the common list requests. */
@Component
class QueueLists {

    private final EntityQueries queries;
    private final QueueWorkers workers;
    private final Document notHidden;

    QueueLists(EntityQueries queries, QueueWorkers workers, ServerConfig config) {
        this.queries = queries;
        this.workers = workers;
        this.notHidden = notHidden(config);
    }

    static Document notHidden(ServerConfig config) {
        return new Document("system_tags", new Document("$nin", config.strings("services.queues.hidden_tags")));
    }

    /** How many of the entries are answered: the first, or, if negative, the last; 0 means all. */
    private record MaxEntries(@Nullable Integer maxTaskEntries) {

        static int of(Map<String, @Nullable Object> request) {
            Integer given = RequestBinder.bind(MaxEntries.class, request).maxTaskEntries();
            return given == null ? 0 : given;
        }
    }

    /** One queue; 400/701. */
    Map<String, Object> byId(String id, int maxEntries, String company, ApiVersion version) {
        Map<String, Object> queue = queries.getWholeById(Entities.QUEUE, id, Scope.own(company))
                .orElseThrow(() -> QueueStore.unknown(id, company));
        cut(queue, maxEntries);
        return converted(queue, version);
    }

    /** References as ids. Workers rely on {@code tags} being there whatever is stored. */
    Page list(Map<String, @Nullable Object> request, String company, ApiVersion version) {
        int most = MaxEntries.of(request);
        Page page = queries.getAll(Entities.QUEUE, request, scope(request, company));
        return page.each(row -> {
            cut(row, most);
            converted(row, version);
        });
    }

    /** Whole queues, with the names of the tasks in them and the workers that watch them. */
    Page withWorkers(Map<String, @Nullable Object> request, String company, ApiVersion version) {
        int most = MaxEntries.of(request);
        boolean counted = Truth.of(request.get("count_task_entries"));
        request.remove("projection");
        request.put("only_fields", List.of("*", "entries.task.name"));
        Page page = queries.getAllJoined(Entities.QUEUE, request, scope(request, company));
        Map<String, List<Map<String, @Nullable Object>>> watching = workers.byQueue(company);
        return page.each(row -> {
            if (counted) {
                row.put("entries_count", row.get("entries") instanceof List<?> entries ? entries.size() : 0);
            }
            cut(row, most);
            row.put("workers", watching.getOrDefault(String.valueOf(row.get("id")), List.of()));
            converted(row, version);
        });
    }

    private Scope scope(Map<String, @Nullable Object> request, String company) {
        boolean all =
                Truth.of(request.get("search_hidden")) || Truth.of(request.get("id")) || Truth.of(request.get("name"));
        return all ? Scope.own(company) : Scope.own(company).and(notHidden);
    }

    private static void cut(Map<String, Object> queue, int most) {
        if (most != 0 && queue.get("entries") instanceof List<?> entries && entries.size() > Math.abs(most)) {
            queue.put(
                    "entries",
                    most > 0 ? entries.subList(0, most) : entries.subList(entries.size() + most, entries.size()));
        }
    }

    /** Metadata was a list up to version 2.16. */
    private static Map<String, Object> converted(Map<String, Object> queue, ApiVersion version) {
        if (version.before("2.17") && queue.containsKey("metadata")) {
            queue.put("metadata", List.of());
        }
        return queue;
    }
}
