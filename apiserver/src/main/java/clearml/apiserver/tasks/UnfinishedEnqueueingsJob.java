package clearml.apiserver.tasks;

import clearml.apiserver.jobs.Job;
import clearml.apiserver.jobs.Lease;
import clearml.apiserver.jobs.Schedule;
import clearml.config.ServerConfig;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Brings tasks into their queue whose server has died right after it had made them {@code queued}. */
@Component
class UnfinishedEnqueueingsJob implements Job {

    private final Enqueueing enqueueing;
    private final Duration pause;

    UnfinishedEnqueueingsJob(Enqueueing enqueueing, ServerConfig config) {
        this.enqueueing = enqueueing;
        this.pause = config.duration("services.queues.leases.check_interval_sec");
    }

    @Override
    public String name() {
        return "unfinished-enqueueings";
    }

    @Override
    public Schedule schedule() {
        return new Schedule(true, Duration.ZERO, pause);
    }

    @Override
    public long run(Lease lease) {
        return enqueueing.begun().stream()
                .filter(task -> lease.isHeld() && enqueueing.finish(task))
                .count();
    }
}
