package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Scalars that have one value for the whole run. */
@Component
class SingleValues {

    /** More are not found at once. */
    private static final int MAX = 10_000;

    private static final Set<String> FIELDS = Set.of("metric", "variant", "value", "timestamp");

    private final EventSearch search;

    SingleValues(EventSearch search) {
        this.search = search;
    }

    /** @param entities with their names */
    List<Map<String, Object>> of(List<ReadableEntity> entities, List<MetricVariants> metrics) {
        EventScope scope = EventSearch.scope(entities, EventType.TRAINING_STATS_SCALAR);
        EventQuery query = EventQuery.ofTasks(scope.tasks())
                .and(Queries.term("iter", EventQuery.SINGLE_VALUE))
                .metrics(metrics);
        Map<String, Object> body = Map.of("size", MAX, "track_total_hits", false, "query", query.query());
        Map<String, List<Map<String, @Nullable Object>>> values = new LinkedHashMap<>();
        List<Map<String, @Nullable Object>> events = search.search(scope, body).sources();
        for (Map<String, @Nullable Object> event : events.size() < MAX ? events : all(scope, query)) {
            values.computeIfAbsent(String.valueOf(event.get("task")), id -> new ArrayList<>())
                    .add(value(event));
        }
        Map<String, String> names =
                entities.stream().collect(Collectors.toMap(ReadableEntity::id, ReadableEntity::name));
        return values.entrySet().stream()
                .map(entry -> answer(entry.getKey(), names.getOrDefault(entry.getKey(), ""), entry.getValue()))
                .toList();
    }

    private List<Map<String, @Nullable Object>> all(EventScope scope, EventQuery query) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        try (EventPages pages = new EventPages(search.cluster(), scope, query.query(), true, List.of())) {
            List<Map<String, @Nullable Object>> hits;
            while (!(hits = pages.next()).isEmpty()) {
                all.addAll(SearchAnswer.of(hits).sources());
            }
        }
        return all;
    }

    private static Map<String, Object> answer(String id, String name, List<Map<String, @Nullable Object>> values) {
        return Map.of("task", id, "task_name", name, "values", values);
    }

    private static Map<String, @Nullable Object> value(Map<String, @Nullable Object> event) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        FIELDS.forEach(field -> value.put(field, event.get(field)));
        return value;
    }
}
