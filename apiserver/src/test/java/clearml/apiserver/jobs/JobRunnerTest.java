package clearml.apiserver.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import clearml.apiserver.query.MemoryMongo;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobRunnerTest {

    private final MemoryMongo mongo = new MemoryMongo();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        mongo.close();
    }

    /** A job that fails every other time, or is switched off. */
    private static final class Counting implements Job {

        final AtomicInteger runs = new AtomicInteger();
        private final boolean enabled;

        Counting(boolean enabled) {
            this.enabled = enabled;
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Schedule schedule() {
            return Schedule.every(Duration.ofMillis(20), enabled);
        }

        @Override
        public long run(Lease lease) {
            if (runs.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("every other time");
            }
            return 7;
        }
    }

    @Test
    void aJobThatFailsRunsAgainAndBothAreMeasured() {
        Counting job = new Counting(true);
        JobRunner runner = runner(job);
        runner.start();

        await(() -> job.runs.get() >= 4);
        runner.stop();

        assertThat(meters.timer("clearml.jobs", "job", "counting", "result", "done")
                        .count())
                .isPositive();
        assertThat(meters.timer("clearml.jobs", "job", "counting", "result", "failed")
                        .count())
                .isPositive();
        assertThat(meters.get("clearml.jobs.last.start.seconds").gauge().value())
                .isCloseTo(System.currentTimeMillis() / 1000.0, offset(60.0));
        assertThat(last().getString("result")).isIn("done", "failed");
    }

    @Test
    void theNextServerGoesOnWhenOneStops() {
        Counting first = new Counting(true);
        Counting second = new Counting(true);
        JobRunner one = runner(first);
        JobRunner other = runner(second);
        one.start();
        await(() -> first.runs.get() > 0);
        other.start();
        await(() -> first.runs.get() > 5);
        assertThat(second.runs).hasValue(0);

        one.stop();
        int stoppedAt = first.runs.get();
        await(() -> second.runs.get() > 2);
        other.stop();
        assertThat(first.runs).hasValue(stoppedAt);
    }

    @Test
    void aJobThatIsSwitchedOffIsLeftToOthers() {
        Counting off = new Counting(false);
        JobRunner one = runner(off);
        one.start();
        Counting on = new Counting(true);
        JobRunner other = runner(on);
        other.start();

        await(() -> on.runs.get() > 0);
        one.stop();
        other.stop();
        assertThat(off.runs).hasValue(0);
    }

    private JobRunner runner(Job job) {
        JobLeases leases = new JobLeases(mongo.stores, Duration.ofMillis(500), System::nanoTime);
        return new JobRunner(List.of(job), leases, new JobRuns(meters, leases));
    }

    private Document last() {
        return mongo.stores.backend("x_job").find().first().get("last", Document.class);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
