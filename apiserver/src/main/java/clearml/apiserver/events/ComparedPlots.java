package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Map<String, Object> body = Map.of(
                "size", request.onlyLast() ? pageSize : MAX,
                "query", query.query(),
                "sort", List.of(Queries.sort("iter", "desc")));
        ScrolledEvents.Page page = scrolls.page(scope, body, request.scrollId(), request.noScroll());
        return answer(nested(entities, page.events(), request.iterations()), page.total(), page.scrollId());
    }

    private static Map<String, @Nullable Object> answer(Map<String, ?> plots, long total, @Nullable String scrollId) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("plots", plots);
        answer.put("returned", plots.size());
        answer.put("total", total);
        answer.put("scroll_id", scrollId);
        return answer;
    }

    /** By metric, variant, task and iteration; of each variant of a task the latest iterations. */
    private static Map<String, Map<String, Map<String, Map<String, Object>>>> nested(
            List<ReadableEntity> entities, List<Map<String, @Nullable Object>> events, int iterations) {
        Map<String, String> names =
                entities.stream().collect(Collectors.toMap(ReadableEntity::id, ReadableEntity::name));
        Map<String, Map<String, Map<String, Map<String, Object>>>> nested = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> event : events) {
            String task = String.valueOf(event.get("task"));
            String iteration = String.valueOf(event.get("iter"));
            Map<String, Object> byIteration = nested.computeIfAbsent(
                            String.valueOf(event.get("metric")), metric -> new LinkedHashMap<>())
                    .computeIfAbsent(String.valueOf(event.get("variant")), variant -> new LinkedHashMap<>())
                    .computeIfAbsent(task, id -> new LinkedHashMap<>());
            if (byIteration.containsKey(iteration) || byIteration.size() < iterations) {
                byIteration.put(iteration, plot(names.getOrDefault(task, ""), PlotEncoding.decode(event)));
            }
        }
        return nested;
    }

    private static Map<String, Object> plot(String name, Map<String, @Nullable Object> event) {
        List<Object> plots = new ArrayList<>();
        plots.add(event);
        return Map.of("name", name, "plots", plots);
    }
}
