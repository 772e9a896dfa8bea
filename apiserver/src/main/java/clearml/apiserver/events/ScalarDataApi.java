package clearml.apiserver.events;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scalars and vectors for programs: events page by page, the latest values, vectors in the order of iterations. */
@ApiController
class ScalarDataApi {

    private static final int PAGE = 500;
    private static final int MAX = 10_000;
    private static final String LATEST = "latest";

    private final ReadableEntities entities;
    private final EventSearch search;
    private final SeriesSearch series;
    private final ScrolledEvents scrolls;

    ScalarDataApi(ReadableEntities entities, EventSearch search, SeriesSearch series, ScrolledEvents scrolls) {
        this.entities = entities;
        this.search = search;
        this.series = series;
        this.scrolls = scrolls;
    }

    record MetricDataRequest(
            @Field(required = true) String task,
            @Field(required = true) String metric,
            @Nullable String scrollId,
            boolean noScroll,
            boolean modelEvents) {}

    /** {@code {events, returned, total, scroll_id}}: one metric, the latest iteration first. */
    @ApiCall("events.get_scalar_metric_data")
    Map<String, @Nullable Object> metricData(MetricDataRequest request, Caller caller) {
        ReadableEntity entity = entities.require(request.task(), request.modelEvents(), caller);
        EventQuery query = EventQuery.ofTask(entity.id()).and(Queries.term("metric", request.metric()));
        Map<String, Object> body =
                Map.of("size", PAGE, "query", query.query(), "sort", List.of(Queries.sort("iter", "desc")));
        ScrolledEvents.Page page = scrolls.page(
                EventScope.of(entity, EventType.TRAINING_STATS_SCALAR), body, request.scrollId(), request.noScroll());
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("events", page.events());
        answer.put("returned", page.events().size());
        answer.put("total", page.total());
        answer.put("scroll_id", page.scrollId());
        return answer;
    }

    record LatestRequest(@Field(required = true) String task) {}

    /** {@code {metrics: [{name, variants: [{name, last_value, last_10_value}]}], last_iter, name, status, last_timestamp}}. */
    @ApiCall("events.get_task_latest_scalar_values")
    Map<String, @Nullable Object> latestValues(LatestRequest request, Caller caller) {
        ReadableEntity entity = entities.require(request.task(), false, caller, "name", "status");
        EventScope all = EventSearch.scope(List.of(entity), null);
        search.prepare(all);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("metrics", latestByMetric(entity));
        addLast(answer, all);
        answer.put("name", entity.document().get("name"));
        answer.put("status", entity.document().get("status"));
        return answer;
    }

    private List<Map<String, Object>> latestByMetric(ReadableEntity entity) {
        Map<String, Object> latest = Map.of("sort", List.of(Queries.sort("iter", "desc")), "size", 1);
        Map<String, List<Map<String, @Nullable Object>>> metrics = new LinkedHashMap<>();
        for (SeriesSearch.Series one : series.of(
                EventScope.of(entity, EventType.TRAINING_STATS_SCALAR),
                EventQuery.ofTask(entity.id()),
                Map.of(LATEST, Map.of("top_hits", latest)))) {
            Double value = indexed(one.bucket().sources(LATEST).get(0).get("value"));
            Map<String, @Nullable Object> variant = new LinkedHashMap<>();
            variant.put("name", one.variant());
            variant.put("last_value", value);
            variant.put("last_10_value", value);
            metrics.computeIfAbsent(one.metric(), metric -> new ArrayList<>()).add(variant);
        }
        return metrics.entrySet().stream()
                .map(metric -> Map.<String, Object>of("name", metric.getKey(), "variants", metric.getValue()))
                .toList();
    }

    /** As the index has it: in 32 bits. */
    private static @Nullable Double indexed(@Nullable Object value) {
        return value instanceof Number number ? (Double) (double) number.floatValue() : null;
    }

    private void addLast(Map<String, @Nullable Object> answer, EventScope scope) {
        Map<String, Object> aggregations =
                Map.of("iter", Queries.metric("max", "iter"), "timestamp", Queries.metric("max", "@timestamp"));
        SearchAnswer last = search.again(
                scope, Queries.aggregating(EventQuery.ofTasks(scope.tasks()).query(), aggregations));
        Double iteration = last.value("iter");
        answer.put("last_iter", iteration == null ? 0L : iteration.longValue());
        answer.put("last_timestamp", last.value("timestamp"));
    }

    record VectorRequest(
            @Field(required = true) String task,
            @Field(required = true) String metric,
            @Field(required = true) String variant,
            boolean modelEvents) {}

    /** {@code {metric, variant, vectors, iterations}}. */
    @ApiCall("events.vector_metrics_iter_histogram")
    Map<String, Object> vectors(VectorRequest request, Caller caller) {
        ReadableEntity entity = entities.require(request.task(), request.modelEvents(), caller);
        EventQuery query = EventQuery.ofTask(entity.id())
                .and(Queries.term("metric", request.metric()))
                .and(Queries.term("variant", request.variant()));
        Map<String, Object> body =
                Map.of("size", MAX, "query", query.query(), "sort", List.of(Queries.sort("iter", "asc")));
        List<@Nullable Object> vectors = new ArrayList<>();
        List<@Nullable Object> iterations = new ArrayList<>();
        EventScope scope = EventScope.of(entity, EventType.TRAINING_STATS_VECTOR);
        for (Map<String, @Nullable Object> event : search.search(scope, body).sources()) {
            vectors.add(event.get("value"));
            iterations.add(event.get("iter"));
        }
        return Map.of(
                "metric", request.metric(), "variant", request.variant(), "vectors", vectors, "iterations", iterations);
    }
}
