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

    private final ReadableEntities entities;
    private final EventSearch search;

    MetricsApi(ReadableEntities entities, EventSearch search) {
        this.entities = entities;
        this.search = search;
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
        Map<String, Object> metrics = Map.of(MetricTree.METRICS, names());
        Map<String, Object> byTask = Map.of(TASKS, Queries.byTerm("task", found.size(), "asc", metrics));
        EventQuery query = EventQuery.ofTasks(scope.tasks()).iterated();
        Map<String, List<String>> named = new LinkedHashMap<>();
        for (var task :
                search.search(scope, Queries.aggregating(query.query(), byTask)).buckets(TASKS)) {
            named.put(task.key(), keys(task.buckets(MetricTree.METRICS)));
        }
        return Map.of(
                "metrics",
                found.stream()
                        .map(entity ->
                                Map.of("task", entity.id(), "metrics", named.getOrDefault(entity.id(), List.of())))
                        .toList());
    }

    private static Map<String, Object> names() {
        return Queries.byTerm("metric", MetricTree.ALL, "asc", Map.of());
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
        Map<String, Object> query = EventQuery.ofTasks(scope.tasks()).query();
        SearchAnswer answer = search.search(scope, Queries.aggregating(query, MetricTree.aggregations(Map.of())));
        Map<String, List<String>> variants = new LinkedHashMap<>();
        answer.buckets(MetricTree.METRICS)
                .forEach(metric -> variants.put(metric.key(), keys(metric.buckets(MetricTree.VARIANTS))));
        return variants;
    }
}
