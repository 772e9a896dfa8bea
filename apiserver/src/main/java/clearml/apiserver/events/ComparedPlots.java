package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Plots of several tasks side by side. */
@Component
class ComparedPlots {

    private static final int MAX = 10_000;

    private final EventSearch search;
    private final LastIterations lastIterations;
    private final ScrolledEvents scrolls;
    private final int pageSize;

    ComparedPlots(EventSearch search, LastIterations lastIterations, ScrolledEvents scrolls, EventsSettings settings) {
        this.search = search;
        this.lastIterations = lastIterations;
        this.scrolls = scrolls;
        this.pageSize = settings.multiPlotsPage();
    }

    /**
     * @param iterations how many of the last ones
     * @param onlyLast whether only events of the last iterations are searched
     * @param perMetric whether each metric has last iterations of its own
     */
    record Request(
            int iterations,
            boolean onlyLast,
            boolean perMetric,
            List<MetricVariants> metrics,
            @Nullable String scrollId,
            boolean noScroll) {}

    /** @param entities with their names */
    Map<String, @Nullable Object> of(List<ReadableEntity> entities, Request request) {
        EventScope scope = EventSearch.scope(entities, EventType.PLOT);
        EventQuery query =
                EventQuery.ofTasks(scope.tasks()).and(TaskPlots.valid()).metrics(request.metrics());
        boolean first = request.scrollId() == null || request.scrollId().isEmpty();
        if (first && request.onlyLast()) {
            search.prepare(scope);
            Optional<Map<String, Object>> last =
                    lastIterations.condition(scope, request.iterations(), request.perMetric(), request.metrics());
            if (last.isEmpty()) {
                return answer(Map.of(), 0, null);
            }
            query.and(last.get());
        }
        Map<String, Object> body = EventDocuments.found(EventType.PLOT, "task", "metric", "variant", "iter");
        body.put("size", request.onlyLast() ? pageSize : MAX);
        body.put("query", query.query());
        body.put("sort", List.of(Queries.sort("iter", "desc")));
        ScrolledEvents.Page page = scrolls.page(scope, body, request.scrollId(), request.noScroll());
        Map<String, Map<String, Map<String, Map<String, Object>>>> nested = nested(page.hits(), request.iterations());
        show(nested, scope, entities);
        return answer(nested, page.total(), page.scrollId());
    }

    private static Map<String, @Nullable Object> answer(Map<String, ?> plots, long total, @Nullable String scrollId) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("plots", plots);
        answer.put("returned", plots.size());
        answer.put("total", total);
        answer.put("scroll_id", scrollId);
        return answer;
    }

    /** Hits by metric, variant, task and iteration; of each variant of a task the latest iterations. */
    private static Map<String, Map<String, Map<String, Map<String, Object>>>> nested(
            List<Map<String, @Nullable Object>> hits, int iterations) {
        Map<String, Map<String, Map<String, Map<String, Object>>>> nested = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> hit : hits) {
            String iteration = field(hit, "iter");
            Map<String, Object> byIteration = nested.computeIfAbsent(
                            field(hit, "metric"), metric -> new LinkedHashMap<>())
                    .computeIfAbsent(field(hit, "variant"), variant -> new LinkedHashMap<>())
                    .computeIfAbsent(field(hit, "task"), id -> new LinkedHashMap<>());
            if (byIteration.containsKey(iteration) || byIteration.size() < iterations) {
                byIteration.put(iteration, hit);
            }
        }
        return nested;
    }

    private static String field(Map<String, @Nullable Object> hit, String name) {
        return String.valueOf(EventDocuments.field(hit, name));
    }

    /** Puts the plots, and the names of their tasks, where the hits are. */
    @SuppressWarnings("unchecked")
    private void show(
            Map<String, Map<String, Map<String, Map<String, Object>>>> nested,
            EventScope scope,
            List<ReadableEntity> entities) {
        Map<String, String> names =
                entities.stream().collect(Collectors.toMap(ReadableEntity::id, ReadableEntity::name));
        List<Map<String, Map<String, Object>>> byTask = nested.values().stream()
                .flatMap(variants -> variants.values().stream())
                .toList();
        List<Map<String, @Nullable Object>> hits = new ArrayList<>();
        byTask.forEach(tasks -> tasks.values()
                .forEach(plots -> plots.values().forEach(hit -> hits.add((Map<String, @Nullable Object>) hit))));
        EventDocuments documents = new EventDocuments(search, scope, hits);
        AtomicInteger position = new AtomicInteger();
        byTask.forEach(tasks -> tasks.forEach((task, plots) -> plots.replaceAll((iteration, hit) ->
                Map.of("name", names.getOrDefault(task, ""), "plots", documents.only(position.getAndIncrement())))));
    }
}
