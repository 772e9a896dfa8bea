package clearml.apiserver.queues;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.config.ServerConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class QueueWaitingTest {

    private final QueueArrivals arrivals = new QueueArrivals();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<String> first = new AtomicReference<>();

    @Test
    void whoDoesNotWaitLooksOnce() {
        assertThat(waiting(20_000, 5).await("q", 0, this::look)).isNull();
        assertThat(looks).hasValue(1);
    }

    @Test
    void anArrivalIsNoticedLongBeforeTheNextLook() {
        var got = CompletableFuture.supplyAsync(() -> waiting(20_000, 5).await("q", 20_000, this::look));
        while (looks.get() < 2) {
            Thread.onSpinWait();
        }
        var start = System.nanoTime();
        first.set("task");
        arrivals.arrived("other");
        arrivals.arrived("q");

        assertThat(got.join()).isEqualTo("task");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(400));
    }

    @Test
    void whatComesThroughAnotherServerIsFoundByLooking() {
        var got = CompletableFuture.supplyAsync(() -> waiting(20_000, 5).await("q", 20_000, this::look));
        while (looks.get() < 2) {
            Thread.onSpinWait();
        }
        first.set("task");

        assertThat(got.join()).isEqualTo("task");
    }

    @Test
    void nobodyWaitsLongerThanIsConfigured() {
        var start = System.nanoTime();

        assertThat(waiting(100, 5).await("q", 60_000, this::look)).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(100), Duration.ofSeconds(10));
    }

    @Test
    void whoFindsNoPlaceToWaitIsAnsweredAtOnce() {
        assertThat(waiting(20_000, 0).await("q", 20_000, this::look)).isNull();
        assertThat(looks).hasValue(1);
    }

    private String look() {
        looks.incrementAndGet();
        return first.getAndSet(null);
    }

    private QueueWaiting waiting(long maxMs, int places) {
        return new QueueWaiting(
                arrivals,
                ServerConfig.load(
                        Map.of("CLEARML_CONFIG_DIR", "/nowhere"),
                        Map.of("services.queues.wait.max_ms", maxMs, "services.queues.wait.max_waiting", places)));
    }
}
