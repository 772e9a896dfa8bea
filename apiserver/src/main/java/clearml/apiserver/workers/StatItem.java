package clearml.apiserver.workers;

import clearml.apiserver.call.Field;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A statistic that is wanted.
 *
 * @param aggregation of the values within an interval; the mean if none is given
 */
record StatItem(@Field(required = true) Key key, @Nullable Aggregation aggregation) {

    /** What is measured. */
    enum Key {
        CPU_USAGE,
        CPU_TEMPERATURE,
        MEMORY_USED,
        MEMORY_FREE,
        GPU_USAGE,
        GPU_TEMPERATURE,
        GPU_FRACTION,
        GPU_MEMORY_FREE,
        GPU_MEMORY_USED,
        NETWORK_TX,
        NETWORK_RX,
        DISK_FREE_HOME,
        DISK_FREE_TEMP,
        DISK_READ,
        DISK_WRITE
    }

    /** How several values become one. */
    enum Aggregation {
        AVG,
        MIN,
        MAX
    }

    String metric() {
        return key.name().toLowerCase(Locale.ROOT);
    }

    String type() {
        return (aggregation == null ? Aggregation.AVG : aggregation).name().toLowerCase(Locale.ROOT);
    }
}
