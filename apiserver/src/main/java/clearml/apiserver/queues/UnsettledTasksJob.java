package clearml.apiserver.queues;

import clearml.apiserver.jobs.Job;
import clearml.apiserver.jobs.Lease;
import clearml.apiserver.jobs.Schedule;
import clearml.apiserver.queues.QueueTasks.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Puts tasks into a queue that are {@code queued} in none, because a server died while it put them into it or took them
 * out of it: {@code clearml_queues_settled_total} tells how many. Whoever still is at work on one holds its lock, and has
 * done it when the lock is free.
 */
@Component
class UnsettledTasksJob implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(UnsettledTasksJob.class);

    private final UnsettledTasks unsettled;
    private final QueueEntries entries;
    private final QueueTasks tasks;
    private final TaskQueueLock lock;
    private final LeaseSettings settings;
    private final MeterRegistry meters;

    UnsettledTasksJob(
            UnsettledTasks unsettled,
            QueueEntries entries,
            QueueTasks tasks,
            TaskQueueLock lock,
            LeaseSettings settings,
            MeterRegistry meters) {
        this.unsettled = unsettled;
        this.entries = entries;
        this.tasks = tasks;
        this.lock = lock;
        this.settings = settings;
        this.meters = meters;
    }

    @Override
    public String name() {
        return "unsettled-tasks";
    }

    @Override
    public Schedule schedule() {
        return new Schedule(true, Duration.ZERO, settings.pause());
    }

    /** How many tasks are in a queue now that were in none. */
    @Override
    public long run(Lease lease) {
        long[] entered = {0};
        unsettled.forEach(task -> {
            if (lease.isHeld()) {
                entered[0] += settle(task) ? 1 : 0;
            }
        });
        return entered[0];
    }

    /** Whether the task is in its queue now, and was in none. */
    boolean settle(Unsettled task) {
        return lock.holding(task.task(), () -> settleAlone(task));
    }

    /**
     * What is in a queue, or what a worker has got meanwhile, is where it belongs; unless it is on its way from there, and
     * names the other queue already.
     */
    private boolean settleAlone(Unsettled task) {
        Waiting waiting = tasks.waiting(task.task());
        if (waiting != null && task.queue().equals(waiting.queue())) {
            entries.removeFromOthers(task);
        }
        if (waiting == null || entries.isKnown(task.task(), task.company(), waiting.enqueued())) {
            entries.settled(task);
            return false;
        }
        if (task.setsQueue()) {
            tasks.setQueue(task.task(), task.queue());
        }
        if (!entries.enter(task)) {
            return false;
        }
        LOG.warn(
                "Task {} is in queue {} now: its server died before it had settled where it belongs",
                task.task(),
                task.queue());
        meters.counter("clearml.queues.settled").increment();
        return true;
    }
}
