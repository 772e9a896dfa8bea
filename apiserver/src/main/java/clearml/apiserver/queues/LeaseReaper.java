package clearml.apiserver.queues;

import clearml.apiserver.jobs.Job;
import clearml.apiserver.jobs.Lease;
import clearml.apiserver.jobs.Schedule;
import clearml.apiserver.queues.PulledTasks.PulledTask;
import clearml.apiserver.queues.QueueTasks.Waiting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings tasks back to the front of their queue that a worker has got and never started: it died, or the answer was lost.
 * {@code clearml_queues_pulled} tells how many tasks are out, {@code clearml_queues_returned_total} how many came back.
 */
@Component
class LeaseReaper implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseReaper.class);

    /** Without a run for longer, something was down. */
    private static final long LONGEST_GAP_MS = 5_000;

    private static final int RUNS_IN_GAP = 3;

    private final PulledTasks pulledTasks;
    private final QueueTasks tasks;
    private final QueueWorkers workers;
    private final TaskQueueLock lock;
    private final QueueArrivals arrivals;
    private final QueueMetrics metrics;
    private final LeaseSettings settings;
    private final MeterRegistry meters;
    private final AtomicLong out = new AtomicLong();

    /** Since when workers could tell that they start, in epoch ms: there was a server, and the stores answered. */
    private volatile long listening;

    private volatile long lastRun;

    LeaseReaper(
            PulledTasks pulledTasks,
            QueueTasks tasks,
            QueueWorkers workers,
            TaskQueueLock lock,
            QueueArrivals arrivals,
            QueueMetrics metrics,
            LeaseSettings settings,
            MeterRegistry meters) {
        this.pulledTasks = pulledTasks;
        this.tasks = tasks;
        this.workers = workers;
        this.lock = lock;
        this.arrivals = arrivals;
        this.metrics = metrics;
        this.settings = settings;
        this.meters = meters;
        Gauge.builder("clearml.queues.pulled", out, AtomicLong::get).register(meters);
    }

    @Override
    public String name() {
        return "queue-leases";
    }

    @Override
    public Schedule schedule() {
        return Schedule.every(settings.pause(), settings.enabled());
    }

    @Override
    public long run(Lease lease) {
        if (System.currentTimeMillis() - lastRun
                > LONGEST_GAP_MS + RUNS_IN_GAP * settings.pause().toMillis()) {
            listening = System.currentTimeMillis();
        }
        long[] counts = {0, 0};
        pulledTasks.forEach(pulled -> {
            if (lease.isHeld()) {
                counts[0]++;
                counts[1] += settle(pulled) ? 1 : 0;
            }
        });
        out.set(counts[0]);
        lastRun = System.currentTimeMillis();
        return counts[1];
    }

    /** Whether it came back. */
    private boolean settle(PulledTask pulled) {
        if (isFresh(pulled.pulled())) {
            return false;
        }
        return lock.holding(pulled.task(), () -> settleAlone(pulled));
    }

    private boolean settleAlone(PulledTask pulled) {
        Waiting task = tasks.waiting(pulled.task());
        if (task == null) {
            tasks.gotten(pulled.task(), pulled.by());
            pulledTasks.takeOut(pulled);
            return false;
        }
        if (task.enqueued().after(pulled.latest())
                || pulledTasks.isQueued(pulled)
                || pulledTasks.isOutSince(pulled.pulled(), pulled.task(), pulled.company())) {
            tasks.gotten(pulled.task(), pulled.by());
            pulledTasks.forget(pulled);
            return false;
        }
        if (isFresh(task.lastUpdate()) || workers.isBusyWith(pulled.task(), pulled.company())) {
            return false;
        }
        return settings.mostReturns() > 0 && task.returns() >= settings.mostReturns()
                ? givenUp(pulled, task)
                : isBack(pulled, task);
    }

    /** Workers try again for minutes when nobody answers, and are to have their time then. */
    private boolean isFresh(Date time) {
        long since = Math.max(time.getTime(), listening);
        return System.currentTimeMillis() - since < settings.grace().toMillis();
    }

    private boolean givenUp(PulledTask pulled, Waiting task) {
        String reason = "Pulled %d times from queue %s and never started".formatted(task.returns() + 1, pulled.queue());
        if (tasks.giveUp(pulled.task(), reason)) {
            LOG.warn("Task {}: {}, the last time by {}", pulled.task(), reason, pulled.by());
            meters.counter("clearml.queues.given.up").increment();
        }
        pulledTasks.forget(pulled);
        return false;
    }

    private boolean isBack(PulledTask pulled, Waiting task) {
        tasks.returned(pulled.task(), task, pulled.by());
        if (!pulledTasks.putBack(pulled)) {
            return false;
        }
        if (tasks.waiting(pulled.task()) == null) {
            // It was started meanwhile.
            pulledTasks.takeOut(pulled);
            return false;
        }
        pulledTasks.forget(pulled);
        LOG.warn("Task {} is back in queue {}: {} never started it", pulled.task(), pulled.queue(), pulled.by());
        meters.counter("clearml.queues.returned").increment();
        metrics.changed(pulled.queue(), pulled.company(), null);
        arrivals.arrived(pulled.queue());
        return true;
    }
}
