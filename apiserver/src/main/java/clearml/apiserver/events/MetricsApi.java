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

/** Which metrics and variants there are. */
@ApiController
class MetricsApi {

    private static final String TASKS = "tasks";
    private static final String METRICS = "metrics";

    private final ReadableEntities entities;
    private final EventSearch search;
    private final SeriesSearch series;

    MetricsApi(ReadableEntities entities, EventSearch search, SeriesSearch series) {
        this.entities = entities;
        this.search = search;
        this.series = series;
    }

    record TaskMetricsRequest(
            @Field(minItems = 1) List<String> tasks,
            @Field(required = true) String eventType,
            boolean modelEvents) {}

    /** {@code {metrics: [{task, metrics}]}}: names of the metrics of each task that have iterations. */
    @ApiCall("events.get_task_metrics")
    Map<String, Object> taskMetrics(TaskMetricsRequest request, Caller caller) {
        EventType type = ListingApi.type(request.eventType());
        List<ReadableEntity> found = entities.requireAll(request.tasks(), request.modelEvents(), caller);
        EventScope scope = EventSearch.scope(found, type);
        search.prepare(scope);
        Map<String, List<String>> named = new LinkedHashMap<>();
        for (SearchAnswer.Bucket task : SeriesSearch.inHalves(scope.tasks(), some -> byTask(scope, some))) {
            named.put(task.key(), keys(task.buckets(METRICS)));
        }
        return Map.of(
                "metrics",
                found.stream()
                        .map(entity ->
                                Map.of("task", entity.id(), "metrics", named.getOrDefault(entity.id(), List.of())))
                        .toList());
    }

    private List<SearchAnswer.Bucket> byTask(EventScope scope, List<String> tasks) {
        Map<String, Object> metrics = Map.of(METRICS, Queries.byTerm("metric", SeriesSearch.ALL, "asc", Map.of()));
        Map<String, Object> byTask = Map.of(TASKS, Queries.byTerm("task", tasks.size(), "asc", metrics));
        EventQuery query = EventQuery.ofTasks(tasks).iterated();
        return search.again(scope, Queries.aggregating(query.query(), byTask)).buckets(TASKS);
    }

    private static List<String> keys(List<SearchAnswer.Bucket> buckets) {
        return buckets.stream().map(SearchAnswer.Bucket::key).toList();
    }

    record MultiTaskMetricsRequest(
            @Field(minItems = 1) List<String> tasks,
            @Field(or = "\"*\"") String eventType,
            boolean modelEvents) {}

    /** {@code {metrics: [{metric, variants}]}}: those of all the tasks together. */
    @ApiCall("events.get_multi_task_metrics")
    Map<String, Object> multiTaskMetrics(MultiTaskMetricsRequest request, Caller caller) {
        EventType type = ListingApi.type(request.eventType());
        EventScope scope = EventSearch.scope(entities.requireAll(request.tasks(), request.modelEvents(), caller), type);
        List<Map<String, Object>> metrics = new ArrayList<>();
        variants(scope).forEach((metric, variants) -> metrics.add(Map.of("metric", metric, "variants", variants)));
        return Map.of("metrics", metrics);
    }

    record VariantsRequest(@Field(required = true) String task, boolean modelEvents) {}

    /** {@code {metrics: {metric: [variants]}}} of scalars. */
    @ApiCall("events.get_scalar_metrics_and_variants")
    Map<String, Object> scalarVariants(VariantsRequest request, Caller caller) {
        return variants(request, caller, EventType.TRAINING_STATS_SCALAR);
    }

    /** {@code {metrics: {metric: [variants]}}} of vectors. */
    @ApiCall("events.get_vector_metrics_and_variants")
    Map<String, Object> vectorVariants(VariantsRequest request, Caller caller) {
        return variants(request, caller, EventType.TRAINING_STATS_VECTOR);
    }

    private Map<String, Object> variants(VariantsRequest request, Caller caller, EventType type) {
        ReadableEntity entity = entities.require(request.task(), request.modelEvents(), caller);
        return Map.of("metrics", variants(EventScope.of(entity, type)));
    }

    private Map<String, List<String>> variants(EventScope scope) {
        search.prepare(scope);
        Map<String, List<String>> variants = new LinkedHashMap<>();
        for (SeriesSearch.Series one : series.of(scope, EventQuery.ofTasks(scope.tasks()), Map.of())) {
            variants.computeIfAbsent(one.metric(), metric -> new ArrayList<>()).add(one.variant());
        }
        return variants;
    }
}
