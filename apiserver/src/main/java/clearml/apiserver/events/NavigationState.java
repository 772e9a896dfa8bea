package clearml.apiserver.events;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A navigation through the debug images or plots of tasks, iteration by iteration. */
record NavigationState(String id, List<TaskState> tasks) {

    /**
     * @param lastMinIter the oldest iteration shown last; null before the first page
     * @param lastMaxIter the newest iteration shown last
     */
    record TaskState(
            String task,
            List<MetricState> metrics,
            @Nullable Long lastMinIter,
            @Nullable Long lastMaxIter) {

        TaskState at(long min, long max) {
            return new TaskState(task, metrics, min, max);
        }

        TaskState atStart() {
            return new TaskState(task, metrics, null, null);
        }

        List<String> metricNames() {
            return metrics.stream().map(MetricState::metric).toList();
        }

        @Nullable
        VariantState variant(@Nullable Object metric, @Nullable Object variant) {
            return metrics.stream()
                    .filter(one -> Objects.equals(one.metric(), metric))
                    .flatMap(one -> one.variants().stream())
                    .filter(one -> Objects.equals(one.variant(), variant))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** @param timestamp of its newest event, ms */
    record MetricState(String metric, long timestamp, List<VariantState> variants) {}

    /** @param lastInvalidIteration up to which the files have been overwritten since; null for none */
    record VariantState(String variant, @Nullable Long lastInvalidIteration) {}

    @Nullable
    TaskState task(String id) {
        return tasks.stream().filter(task -> task.task().equals(id)).findFirst().orElse(null);
    }
}
