package clearml.apiserver.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.query.MemoryMongo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobLeasesTest {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final List<String> JOBS = List.of("one", "two");

    private final MemoryMongo mongo = new MemoryMongo();
    private final AtomicLong clock = new AtomicLong();
    private final JobLeases a = new JobLeases(mongo.stores, LEASE, clock::get);
    // Another machine: another start of its clock.
    private final JobLeases b = new JobLeases(mongo.stores, LEASE, () -> clock.get() - 1_000_000_000_000L);

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void aJobIsHeldByOneServer() {
        a.renew(List.of("one"));
        b.renew(JOBS);
        a.renew(JOBS);

        assertThat(JOBS).filteredOn(a::isHeld).containsExactly("one");
        assertThat(JOBS).filteredOn(b::isHeld).containsExactly("two");
    }

    @Test
    void aLivingHolderKeepsItsJobs() {
        for (int second = 0; second < 60; second += 3) {
            a.renew(JOBS);
            b.renew(JOBS);
            pass(3);
        }

        assertThat(JOBS).allMatch(a::isHeld).noneMatch(b::isHeld);
    }

    @Test
    void aDeadHolderIsReplacedWithinItsTimeAndNotBefore() {
        a.renew(JOBS);
        b.renew(JOBS);
        pass(9);
        b.renew(JOBS);
        assertThat(JOBS).allMatch(a::isHeld).noneMatch(b::isHeld);

        pass(2);
        b.renew(JOBS);
        assertThat(JOBS).noneMatch(a::isHeld).allMatch(b::isHeld);
    }

    @Test
    void aHolderThatWasReplacedDoesNotComeBack() {
        a.renew(JOBS);
        b.renew(JOBS);
        pass(11);
        b.renew(JOBS);
        a.renew(JOBS);

        assertThat(JOBS).noneMatch(a::isHeld).allMatch(b::isHeld);
    }

    @Test
    void whatIsGivenBackIsFreeAtOnce() {
        a.renew(JOBS);
        a.release();
        b.renew(JOBS);

        assertThat(JOBS).noneMatch(a::isHeld).allMatch(b::isHeld);
    }

    private void pass(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
