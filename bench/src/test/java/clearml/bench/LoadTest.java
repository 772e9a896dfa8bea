package clearml.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadTest {

    @Test
    void everyClientCallsUntilTheTimeIsOverAndUnitsAreCounted() throws Exception {
        AtomicInteger clients = new AtomicInteger();
        Workload workload = new Workload("w", () -> client(clients), "event", 100);

        Result result = new Load(Options.parse(new String[] {"--clients", "3", "--seconds", "1", "--warmup", "0"}))
                .measure(workload);

        assertThat(clients.get()).isEqualTo(6);
        assertThat(result.calls()).isBetween(100L, 3_000L);
        assertThat(result.perSecond())
                .isCloseTo(result.callsPerSecond() * 100, org.assertj.core.data.Offset.offset(1.0));
        assertThat(result.p50()).isBetween(0.9, 20.0);
    }

    @Test
    void theOpenModelCallsAtTheRateAndNumbersCallsOnce() throws Exception {
        Set<Long> numbers = ConcurrentHashMap.newKeySet();
        Workload workload = Workload.calls("w", () -> number -> {
            assertThat(numbers.add(number)).isTrue();
            return true;
        });

        Result result = new Load(Options.parse(
                        new String[] {"--clients", "2", "--seconds", "1", "--warmup", "0", "--rate", "200"}))
                .measure(workload);

        assertThat(result.calls()).isBetween(150L, 200L);
    }

    @Test
    void aLateCallIsMeasuredFromWhenItWasDue() throws Exception {
        Workload slow = Workload.calls("w", () -> number -> {
            Thread.sleep(50);
            return true;
        });

        Result result = new Load(Options.parse(
                        new String[] {"--clients", "1", "--seconds", "1", "--warmup", "0", "--rate", "100"}))
                .measure(slow);

        assertThat(result.max()).isGreaterThan(300);
    }

    @Test
    void aFailedCallEndsTheCase() {
        Workload workload = Workload.calls("w", () -> number -> false);
        Load load = new Load(Options.parse(new String[] {"--seconds", "1", "--warmup", "0"}));

        assertThatThrownBy(() -> load.measure(workload)).hasMessageContaining("a call failed");
    }

    private static Client client(AtomicInteger count) {
        count.incrementAndGet();
        return number -> {
            Thread.sleep(1);
            return true;
        };
    }
}
