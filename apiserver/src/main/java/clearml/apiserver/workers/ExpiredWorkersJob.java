package clearml.apiserver.workers;

import clearml.apiserver.jobs.Job;
import clearml.apiserver.jobs.Lease;
import clearml.apiserver.jobs.Schedule;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Drops from Redis what is left of workers that are gone. Entries expire by themselves, the sets that name them do not. */
@Component
class ExpiredWorkersJob implements Job {

    private static final Duration PAUSE = Duration.ofMinutes(30);

    private final WorkerEntries entries;

    ExpiredWorkersJob(WorkerEntries entries) {
        this.entries = entries;
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
        return entries.removeExpired();
    }
}
