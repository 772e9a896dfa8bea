package clearml.apiserver.events;

import clearml.config.ServerConfig;
import java.util.Set;
import org.springframework.stereotype.Component;

/** {@code services.events} and what {@code services.tasks} says about events. */
@Component
class EventsSettings {

    private final Set<String> metricsWithoutIteration;
    private final boolean validatesPlots;
    private final int compressionThreshold;
    private final int maxLastMetrics;
    private final int multiTaskLimit;

    EventsSettings(ServerConfig config) {
        metricsWithoutIteration = Set.copyOf(config.strings("services.events.ignore_iteration.metrics"));
        validatesPlots = config.bool("services.events.validate_plot_str");
        compressionThreshold = config.integer("services.events.plot_compression_threshold");
        maxLastMetrics = config.integer("services.tasks.max_last_metrics");
        multiTaskLimit = config.integer("services.tasks.multi_task_histogram_limit");
    }

    /** Metrics whose iterations don't move the last iteration of a task. */
    Set<String> metricsWithoutIteration() {
        return metricsWithoutIteration;
    }

    boolean validatesPlots() {
        return validatesPlots;
    }

    /** The number of characters from which plots are stored compressed; 0 for never. */
    int compressionThreshold() {
        return compressionThreshold;
    }

    /** How many series of a task or model keep statistics. */
    int maxLastMetrics() {
        return maxLastMetrics;
    }

    /** How many tasks can be compared in one call. */
    int multiTaskLimit() {
        return multiTaskLimit;
    }
}
