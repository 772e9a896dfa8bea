package clearml.apiserver.workers;

import clearml.apiserver.jobs.Job;
import clearml.apiserver.jobs.Lease;
import clearml.apiserver.jobs.Schedule;
import clearml.config.ServerConfig;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Takes workers that have not reported for long out of the sets in Redis, which do not expire by themselves: {@code services.workers.cleanup_interval_sec}. */
@Component
class ExpiredWorkersJob implements Job {

    private final WorkerEntries workers;
    private final Duration pause;

    ExpiredWorkersJob(WorkerEntries workers, ServerConfig config) {
        this.workers = workers;
        this.pause = config.duration("services.workers.cleanup_interval_sec");
    }

    @Override
    public String name() {
        return "expired-workers";
    }

    @Override
    public Schedule schedule() {
        return Schedule.every(pause, pause.toMillis() > 0);
    }

    @Override
    public long run(Lease lease) {
        return workers.removeExpired();
    }
}
