package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** For what a server does in its own time. */
final class Waiting {

    private static final int LOOK_EVERY_MS = 200;

    private Waiting() {}

    /** Fails unless the condition is met in that time. */
    static void within(int seconds, BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within %s s", seconds).isLessThan(end);
            pause(LOOK_EVERY_MS);
        }
    }

    static void pause(int ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
