package clearml.apiserver.jobs;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Runs jobs and tells what became of it: {@code clearml_jobs_seconds} by job and result, and for the last run
 * {@code clearml_jobs_last_start_seconds} (epoch), {@code clearml_jobs_last_duration_seconds},
 * {@code clearml_jobs_last_ok} (1 or 0) and {@code clearml_jobs_last_done}. A server that has not run a job has no last run.
 */
@Component
class JobRuns {

    private static final Logger LOG = LoggerFactory.getLogger(JobRuns.class);
    private static final double MS = 1000;

    private final MeterRegistry meters;
    private final JobLeases leases;
    private final Map<String, Run> last = new ConcurrentHashMap<>();

    /** @param start epoch ms */
    private record Run(long start, long ms, boolean ok, long done) {}

    JobRuns(MeterRegistry meters, JobLeases leases) {
        this.meters = meters;
        this.leases = leases;
    }

    void run(Job job) {
        String name = job.name();
        if (!leases.isHeld(name)) {
            return;
        }
        long start = System.currentTimeMillis();
        long nanos = System.nanoTime();
        try {
            long done = job.run(() -> leases.isHeld(name));
            note(name, new Run(start, msSince(nanos), true, done), "");
        } catch (RuntimeException | Error e) {
            if (leases.isHeld(name)) {
                LOG.warn("The job {} failed, it runs again later", name, e);
            }
            note(name, new Run(start, msSince(nanos), false, 0), e.toString());
        }
    }

    private static long msSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    private void note(String job, Run run, String error) {
        if (last.put(job, run) == null) {
            showLast(job);
        }
        meters.timer("clearml.jobs", "job", job, "result", run.ok() ? "done" : "failed")
                .record(Duration.ofMillis(run.ms()));
        try {
            leases.note(
                    job,
                    new Document("start", new Date(run.start()))
                            .append("ms", run.ms())
                            .append("result", run.ok() ? "done" : "failed")
                            .append("done", run.done())
                            .append("error", error));
        } catch (RuntimeException e) {
            LOG.debug("The run of {} could not be noted", job, e);
        }
    }

    private void showLast(String job) {
        gauge(job, "start.seconds", run -> run.start() / MS);
        gauge(job, "duration.seconds", run -> run.ms() / MS);
        gauge(job, "ok", run -> run.ok() ? 1 : 0);
        gauge(job, "done", Run::done);
    }

    private void gauge(String job, String name, ToDoubleFunction<Run> value) {
        Gauge.builder("clearml.jobs.last." + name, last, runs -> {
                    Run run = runs.get(job);
                    return run == null ? Double.NaN : value.applyAsDouble(run);
                })
                .tag("job", job)
                .register(meters);
    }
}
