package clearml.apiserver.organization;

import java.util.Locale;

/** What of a run is summed up. */
enum UsageField {
    DURATION,
    CPU_USAGE,
    GPU_USAGE;

    /** The member of rows. */
    String member() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The member that marks a use which no queue has told. */
    String mark() {
        return member().replace("usage", "artificial_weights");
    }
}
