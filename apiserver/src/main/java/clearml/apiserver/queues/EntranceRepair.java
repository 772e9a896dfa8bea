package clearml.apiserver.queues;

import clearml.apiserver.jobs.Lease;
import clearml.apiserver.queues.QueueTasks.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Puts tasks into the queue that a server was about to move them to when it died: {@code clearml_queues_entered_total}
 * tells how many. Whoever still is at work on one holds its lock, and has done it when the lock is free.
 */
@Component
class EntranceRepair {

    private static final Logger LOG = LoggerFactory.getLogger(EntranceRepair.class);

    private final EnteringTasks enteringTasks;
    private final QueueEntries entries;
    private final QueueTasks tasks;
    private final TaskQueueLock lock;
    private final MeterRegistry meters;

    EntranceRepair(
            EnteringTasks enteringTasks,
            QueueEntries entries,
            QueueTasks tasks,
            TaskQueueLock lock,
            MeterRegistry meters) {
        this.enteringTasks = enteringTasks;
        this.entries = entries;
        this.tasks = tasks;
        this.lock = lock;
        this.meters = meters;
    }

    /** How many tasks are in a queue now that were in none. */
    long run(Lease lease) {
        long[] entered = {0};
        enteringTasks.forEach(entering -> {
            if (lease.isHeld()) {
                entered[0] += lock.holding(entering.task(), () -> settle(entering)) ? 1 : 0;
            }
        });
        return entered[0];
    }

    /** What is in a queue, or what a worker has got meanwhile, is where it belongs. */
    private boolean settle(Entering entering) {
        Waiting task = tasks.waiting(entering.task());
        if (task == null || entries.isKnown(entering.task(), entering.company(), task.enqueued())) {
            enteringTasks.withdraw(entering);
            return false;
        }
        if (entering.setsQueue()) {
            tasks.setQueue(entering.task(), entering.queue());
        }
        if (!entries.enter(entering)) {
            return false;
        }
        LOG.warn(
                "Task {} is in queue {} now: its server died when it moved it there",
                entering.task(),
                entering.queue());
        meters.counter("clearml.queues.entered").increment();
        return true;
    }
}
