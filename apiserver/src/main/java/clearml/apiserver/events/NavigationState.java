package clearml.apiserver.events;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

        /** By metric and, in it, by name. */
        Map<String, Map<String, VariantState>> variants() {
            Map<String, Map<String, VariantState>> variants = new HashMap<>();
            for (MetricState metric : metrics) {
                Map<String, VariantState> ofMetric = variants.computeIfAbsent(metric.metric(), name -> new HashMap<>());
                metric.variants().forEach(one -> ofMetric.put(one.variant(), one));
            }
            return variants;
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
