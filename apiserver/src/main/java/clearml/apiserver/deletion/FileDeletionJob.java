package clearml.apiserver.deletion;

import clearml.apiserver.jobs.Job;
import clearml.apiserver.jobs.Lease;
import clearml.apiserver.jobs.Schedule;
import clearml.config.ServerConfig;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * {@link FileDeletion} in the API server, so that no further process is needed. One beside it, ours or the reference's, does
 * no harm: a file that is gone is deleted.
 */
@Component
class FileDeletionJob implements Job {

    static final Duration PAUSE = Duration.ofSeconds(10);

    private final FileDeletion deletion;
    private final Schedule schedule;

    FileDeletionJob(FileDeletion deletion, ServerConfig config) {
        this.deletion = deletion;
        this.schedule = Schedule.every(
                PAUSE,
                config.bool("services.async_urls_delete.enabled")
                        && config.bool("services.async_urls_delete.in_server"));
    }

    @Override
    public String name() {
        return "url-deletion";
    }

    @Override
    public Schedule schedule() {
        return schedule;
    }

    @Override
    public long run(Lease lease) {
        return deletion.run(lease);
    }
}
