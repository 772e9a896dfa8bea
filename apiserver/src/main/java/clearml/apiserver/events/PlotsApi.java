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

/** Plots of tasks and models. */
@ApiController
class PlotsApi {

    private final ReadableEntities entities;
    private final TaskPlots taskPlots;
    private final ComparedPlots comparedPlots;

    PlotsApi(ReadableEntities entities, TaskPlots taskPlots, ComparedPlots comparedPlots) {
        this.entities = entities;
        this.taskPlots = taskPlots;
        this.comparedPlots = comparedPlots;
    }

    /** @param iters how many of the last plots of each variant */
    record TaskRequest(
            @Field(required = true) String task,
            @Field(or = "1") Integer iters,
            @Nullable String scrollId,
            boolean noScroll,
            List<MetricVariants> metrics,
            boolean modelEvents) {}

    /** {@code {plots, returned, total, scroll_id: null}}: the last plots of every variant. */
    @ApiCall(value = "events.get_task_plots", since = "1.8")
    Map<String, @Nullable Object> taskPlots(TaskRequest request, Caller caller) {
        ReadableEntity entity = entities.require(request.task(), request.modelEvents(), caller);
        return answer(taskPlots.last(entity, iterations(request.iters()), request.metrics()));
    }

    /** Before 1.8: the last plots among the newest 10,000, and a scroll to older ones. */
    @ApiCall("events.get_task_plots")
    Map<String, @Nullable Object> taskPlotsScrolled(TaskRequest request, Caller caller) {
        ReadableEntity entity = entities.require(request.task(), request.modelEvents(), caller);
        return answer(taskPlots.scrolled(entity, iterations(request.iters()), request.scrollId(), request.noScroll()));
    }

    private static Map<String, @Nullable Object> answer(TaskPlots.Found plots) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("plots", plots.shown());
        answer.put("returned", plots.count());
        answer.put("total", plots.total());
        answer.put("scroll_id", plots.scrollId());
        return answer;
    }

    /** @param lastItersPerTaskMetric whether the last iterations are those of each metric, or of the whole task */
    record MultiRequest(
            @Field(minItems = 1) List<String> tasks,
            @Field(or = "1") Integer iters,
            @Nullable String scrollId,
            boolean noScroll,
            boolean modelEvents,
            @Field(or = "true") Boolean lastItersPerTaskMetric,
            List<MetricVariants> metrics) {}

    /** {@code {plots: {metric: {variant: {task: {iter: {name, plots}}}}}, returned: <metrics>, total, scroll_id}}. */
    @ApiCall(value = "events.get_multi_task_plots", since = "1.8")
    Map<String, @Nullable Object> multiTaskPlots(MultiRequest request, Caller caller) {
        return multiTaskPlots(request, caller, true);
    }

    /** Before 1.8: whatever is among the newest 10,000. */
    @ApiCall("events.get_multi_task_plots")
    Map<String, @Nullable Object> multiTaskPlotsOfAll(MultiRequest request, Caller caller) {
        return multiTaskPlots(request, caller, false);
    }

    private Map<String, @Nullable Object> multiTaskPlots(MultiRequest request, Caller caller, boolean onlyLast) {
        var found = entities.requireAll(request.tasks(), request.modelEvents(), caller, "name");
        ComparedPlots.Request asked = new ComparedPlots.Request(
                iterations(request.iters()),
                onlyLast,
                Boolean.TRUE.equals(request.lastItersPerTaskMetric()),
                onlyLast ? request.metrics() : List.of(),
                request.scrollId(),
                request.noScroll());
        return comparedPlots.of(found, asked);
    }

    private static int iterations(@Nullable Integer iters) {
        if (iters == null || iters < 1) {
            throw ApiError.VALIDATION_ERROR.of("error for field 'iters': at least one iteration is needed");
        }
        return iters;
    }
}
