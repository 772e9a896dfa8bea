package clearml.apiserver.jobs;

import com.mongodb.MongoException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the jobs that this server holds, for as long as it holds them. */
@Component
class JobRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int RENEWALS_PER_LEASE = 5;
    private static final long STOP_MS = 2_000;

    private final Map<String, Job> jobs = new HashMap<>();
    private final JobLeases leases;
    private final JobRuns runs;
    private final Map<String, ScheduledFuture<?>> scheduled = new HashMap<>();
    private final ScheduledThreadPoolExecutor threads;
    private volatile boolean running;

    JobRunner(List<Job> jobs, JobLeases leases, JobRuns runs) {
        jobs.stream().filter(job -> job.schedule().enabled()).forEach(job -> this.jobs.put(job.name(), job));
        this.leases = leases;
        this.runs = runs;
        // One for each, so that a long run keeps no other job from running nor the leases from being renewed.
        threads = new ScheduledThreadPoolExecutor(this.jobs.size() + 1, work -> {
            Thread thread = new Thread(work, "jobs");
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void start() {
        running = true;
        long pause = leases.time().toMillis() / RENEWALS_PER_LEASE;
        var unused = threads.scheduleWithFixedDelay(this::renew, 0, Math.max(1, pause), TimeUnit.MILLISECONDS);
    }

    private void renew() {
        try {
            leases.renew(jobs.keySet());
        } catch (MongoException e) {
            LOG.warn("The leases of the jobs could not be renewed: {}", e.getMessage());
        }
        jobs.values().forEach(this::startOrEnd);
    }

    private synchronized void startOrEnd(Job job) {
        boolean held = running && leases.isHeld(job.name());
        if (held && !scheduled.containsKey(job.name())) {
            Schedule schedule = job.schedule();
            scheduled.put(
                    job.name(),
                    threads.scheduleWithFixedDelay(
                            () -> runs.run(job),
                            schedule.first().toMillis(),
                            Math.max(1, schedule.pause().toMillis()),
                            TimeUnit.MILLISECONDS));
        } else if (!held && scheduled.containsKey(job.name())) {
            LOG.warn("Another server may have taken the job {}", job.name());
            scheduled.remove(job.name()).cancel(true);
        }
    }

    @Override
    public void stop() {
        running = false;
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(STOP_MS, TimeUnit.MILLISECONDS)) {
                // What still runs keeps its leases until they expire.
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        leases.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
