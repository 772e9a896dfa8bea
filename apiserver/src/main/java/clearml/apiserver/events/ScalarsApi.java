package clearml.apiserver.events;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scalars as charts show them. */
@ApiController
class ScalarsApi {

    private final ReadableEntities entities;
    private final ScalarHistograms histograms;
    private final SingleValues singleValues;
    private final EventsSettings settings;

    ScalarsApi(
            ReadableEntities entities,
            ScalarHistograms histograms,
            SingleValues singleValues,
            EventsSettings settings) {
        this.entities = entities;
        this.histograms = histograms;
        this.singleValues = singleValues;
        this.settings = settings;
    }

    record HistogramRequest(
            @Field(required = true) String task,
            @Field(or = "2000", min = 1, max = 6000) Integer samples,
            @Field(or = "\"iter\"") ScalarKey key,
            List<MetricVariants> metrics,
            boolean modelEvents,
            boolean includeBounds) {}

    /**
     * {@code {metric: {variant: {name, x, y, x_axis_label?}}}}; with {@code include_bounds}, which is not in the reference,
     * {@code min} and {@code max} beside {@code y}. 400/101 or 400/201 for an unknown id.
     */
    @ApiCall("events.scalar_metrics_iter_histogram")
    Map<String, Map<String, Object>> histogram(HistogramRequest request, Caller caller) {
        ReadableEntity entity = entities.require(request.task(), request.modelEvents(), caller, "last_metrics");
        Map<String, Map<String, Object>> answer = new LinkedHashMap<>();
        ScalarHistograms.Request asked =
                asked(request.key(), request.samples(), request.metrics(), request.includeBounds());
        for (ScalarHistograms.Points points :
                histograms.of(List.of(entity), asked).get(0)) {
            answer.computeIfAbsent(points.metric(), metric -> new LinkedHashMap<>())
                    .put(points.variant(), points.named(points.variant()));
        }
        return answer;
    }

    record MultiHistogramRequest(
            @Field(minItems = 1) List<String> tasks,
            @Field(or = "2000", min = 1, max = 6000) Integer samples,
            @Field(or = "\"iter\"") ScalarKey key,
            List<MetricVariants> metrics,
            boolean modelEvents,
            boolean includeBounds) {}

    /** {@code {metrics: {metric: {variant: {task: {name, x, y, x_axis_label?}}}}}}, named after the tasks; bounds likewise. */
    @ApiCall("events.multi_task_scalar_metrics_iter_histogram")
    Map<String, Object> multiHistogram(MultiHistogramRequest request, Caller caller) {
        if (request.tasks().size() > settings.multiTaskLimit()) {
            throw ApiError.VALIDATION_ERROR.of("Up to " + settings.multiTaskLimit() + " tasks supported");
        }
        List<ReadableEntity> found =
                entities.requireAll(request.tasks(), request.modelEvents(), caller, "name", "last_metrics");
        ScalarHistograms.Request asked =
                asked(request.key(), request.samples(), request.metrics(), request.includeBounds());
        List<List<ScalarHistograms.Points>> points = histograms.of(found, asked);
        Map<String, Map<String, Map<String, Object>>> metrics = new LinkedHashMap<>();
        for (int i = 0; i < found.size(); i++) {
            ReadableEntity entity = found.get(i);
            for (ScalarHistograms.Points one : points.get(i)) {
                metrics.computeIfAbsent(one.metric(), metric -> new LinkedHashMap<>())
                        .computeIfAbsent(one.variant(), variant -> new LinkedHashMap<>())
                        .put(entity.id(), one.named(entity.name()));
            }
        }
        return Map.of("metrics", metrics);
    }

    private static ScalarHistograms.Request asked(
            @Nullable ScalarKey key, @Nullable Integer samples, List<MetricVariants> metrics, boolean bounds) {
        if (samples == null) {
            throw ApiError.VALIDATION_ERROR.of("error for field 'samples': null is not a number");
        }
        return new ScalarHistograms.Request(key == null ? ScalarKey.ITER : key, samples, metrics, bounds);
    }

    record SingleValuesRequest(
            @Field(minItems = 1) List<String> tasks, List<MetricVariants> metrics, boolean modelEvents) {}

    /** {@code {tasks: [{task, task_name, values: [{metric, variant, value, timestamp}]}]}}, without tasks that have none. */
    @ApiCall("events.get_task_single_value_metrics")
    Map<String, Object> singleValues(SingleValuesRequest request, Caller caller) {
        List<ReadableEntity> found = entities.requireAll(request.tasks(), request.modelEvents(), caller, "name");
        return Map.of("tasks", singleValues.of(found, request.metrics()));
    }
}
