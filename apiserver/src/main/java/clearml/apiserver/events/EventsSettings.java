package clearml.apiserver.events;

import clearml.config.ServerConfig;
import java.time.Duration;
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
    private final int multiPlotsPage;
    private final int maxRawScalars;
    private final String scrollIdKey;
    private final boolean takesUnknownVariants;
    private final Duration stateKept;

    EventsSettings(ServerConfig config) {
        metricsWithoutIteration = Set.copyOf(config.strings("services.events.ignore_iteration.metrics"));
        validatesPlots = config.bool("services.events.validate_plot_str");
        compressionThreshold = config.integer("services.events.plot_compression_threshold");
        maxLastMetrics = config.integer("services.tasks.max_last_metrics");
        multiTaskLimit = config.integer("services.tasks.multi_task_histogram_limit");
        String retrieval = "services.events.events_retrieval.";
        multiPlotsPage = config.integer(retrieval + "multi_plots_batch_size");
        maxRawScalars = config.integer(retrieval + "max_raw_scalars_size");
        scrollIdKey = config.string(retrieval + "scroll_id_key");
        takesUnknownVariants = config.bool(retrieval + "debug_images.allow_uninitialized_variants");
        stateKept = Duration.ofSeconds(config.longInteger(retrieval + "state_expiration_sec"));
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

    /** How many plots a page of a comparison reads. */
    int multiPlotsPage() {
        return multiPlotsPage;
    }

    /** The most scalars of one answer. */
    int maxRawScalars() {
        return maxRawScalars;
    }

    /** Signs the positions that clients keep. */
    String scrollIdKey() {
        return scrollIdKey;
    }

    /** Whether images of variants are shown that appeared after the navigation began. */
    boolean takesUnknownVariants() {
        return takesUnknownVariants;
    }

    /** How long the state of a navigation is kept after its last use. */
    Duration stateKept() {
        return stateKept;
    }
}
