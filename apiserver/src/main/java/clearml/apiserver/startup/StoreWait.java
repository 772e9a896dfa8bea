package clearml.apiserver.startup;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a store that is not up yet, and says so: in a deployment all of them start at once. */
final class StoreWait {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWait.class);
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(5);

    private StoreWait() {}

    /** Returns when the probe passes; the thread's interruption ends the wait. */
    static void until(String store, Callable<?> probe) {
        within(FOREVER, store, probe);
    }

    /** The same, but not for longer than this; whether the probe has passed. */
    static boolean within(Duration atMost, String store, Callable<?> probe) {
        long start = System.nanoTime();
        long nextMessage = start;
        while (true) {
            Exception failure = attempt(probe);
            if (failure == null) {
                if (nextMessage != start) {
                    LOG.info("{} is up", store);
                }
                return true;
            }
            if (System.nanoTime() - start > atMost.toNanos()) {
                return false;
            }
            if (System.nanoTime() - nextMessage >= 0) {
                LOG.warn("Waiting for {}: {}", store, failure.getMessage());
                nextMessage = System.nanoTime() + BETWEEN_MESSAGES.toNanos();
            }
            pause(store);
        }
    }

    private static @Nullable Exception attempt(Callable<?> probe) {
        try {
            probe.call();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    private static void pause(String store) {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + store, e);
        }
    }
}
