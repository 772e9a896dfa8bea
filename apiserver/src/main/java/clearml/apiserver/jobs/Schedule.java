package clearml.apiserver.jobs;

import java.time.Duration;

/**
 * When a job runs.
 *
 * @param enabled whether this server runs it at all
 * @param first how long after the server has taken the job
 * @param pause between the end of a run and the next one
 */
public record Schedule(boolean enabled, Duration first, Duration pause) {

    /** The first run after one pause. */
    public static Schedule every(Duration pause, boolean enabled) {
        return new Schedule(enabled, pause, pause);
    }
}
