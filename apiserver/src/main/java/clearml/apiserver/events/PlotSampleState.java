package clearml.apiserver.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which plots a viewer shows, and of which metrics there are some. */
record PlotSampleState(
        String id,
        String task,
        @Nullable String metric,
        @Nullable Long iteration,
        List<Metric> metricStates,
        boolean navigateCurrentMetric) {

    record Metric(String name, long minIteration, long maxIteration) {}

    PlotSampleState at(String newMetric, long newIteration) {
        return new PlotSampleState(id, task, newMetric, newIteration, metricStates, navigateCurrentMetric);
    }

    PlotSampleState with(List<Metric> metrics) {
        return new PlotSampleState(id, task, metric, iteration, metrics, navigateCurrentMetric);
    }

    @Nullable
    Metric find(@Nullable String name) {
        return metricStates.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
