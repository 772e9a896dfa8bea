package clearml.apiserver.queues;

import clearml.config.ServerConfig;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** {@code services.queues.leases}: what happens to tasks that a worker has got and does not start. */
@Component
class LeaseSettings {

    private static final String SETTINGS = "services.queues.leases.";

    private final boolean enabled;
    private final Duration grace;
    private final Duration pause;
    private final int mostReturns;

    LeaseSettings(ServerConfig config) {
        enabled = config.bool(SETTINGS + "enabled");
        grace = config.duration(SETTINGS + "grace_sec");
        pause = config.duration(SETTINGS + "check_interval_sec");
        mostReturns = config.integer(SETTINGS + "max_returns");
    }

    boolean enabled() {
        return enabled;
    }

    /** How long after its pull, or after the last sign of life, a task is its worker's. */
    Duration grace() {
        return grace;
    }

    Duration pause() {
        return pause;
    }

    /** How often a task comes back before it is failed; 0 for no limit. */
    int mostReturns() {
        return mostReturns;
    }
}
