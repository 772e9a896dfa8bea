package clearml.apiserver.workers;

import clearml.apiserver.jobs.Job;
import clearml.apiserver.jobs.Lease;
import clearml.apiserver.jobs.Schedule;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Takes workers that have not reported for long out of the sets in Redis, which do not expire by themselves. */
@Component
class ExpiredWorkersJob implements Job {

    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final WorkerEntries workers;

    ExpiredWorkersJob(WorkerEntries workers) {
        this.workers = workers;
    }

    @Override
    public String name() {
        return "expired-workers";
    }

    @Override
    public Schedule schedule() {
        return Schedule.every(PAUSE, true);
    }

    @Override
    public long run(Lease lease) {
        return workers.removeExpired();
    }
}
