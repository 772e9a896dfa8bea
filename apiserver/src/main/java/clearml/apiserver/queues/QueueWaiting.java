package clearml.apiserver.queues;

import clearml.config.ServerConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Waits at an empty queue. Each who waits holds a thread of the server, so only so many may; the others get the answer that
 * there is nothing, as ever.
 */
@Component
class QueueWaiting {

    /** How often it is looked whether another server has put a task into the queue. */
    private static final long POLL_MS = 500;

    private final QueueArrivals arrivals;
    private final long longest;
    private final Semaphore places;

    QueueWaiting(QueueArrivals arrivals, ServerConfig config) {
        this.arrivals = arrivals;
        this.longest = config.longInteger("services.queues.wait.max_ms");
        this.places = new Semaphore(config.integer("services.queues.wait.max_waiting"));
    }

    /**
     * What a look at the queue finds, at once or within the time.
     *
     * @param ms how long at most; less if the configuration says so
     * @return null when nothing came
     */
    <T> @Nullable T await(String queue, long ms, Supplier<@Nullable T> look) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(ms, longest));
        T found = look.get();
        if (found != null || ms <= 0 || !places.tryAcquire()) {
            return found;
        }
        try {
            while (found == null
                    && System.nanoTime() < end
                    && !Thread.currentThread().isInterrupted()) {
                CompletableFuture<Void> arrival = arrivals.next(queue);
                found = look.get();
                if (found == null) {
                    sleep(arrival, Math.min(TimeUnit.MILLISECONDS.toNanos(POLL_MS), end - System.nanoTime()));
                }
            }
            return found;
        } finally {
            places.release();
        }
    }

    private static void sleep(CompletableFuture<Void> arrival, long nanos) {
        try {
            arrival.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // Time to look again.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
