package clearml.apiserver.call;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes of large request bodies may be in memory at a time. A request that finds no room soon is refused with
 * 503, which clients repeat: better than to end with all the others for want of memory. Small bodies are not counted.
 */
final class BodyRoom {

    static final long SMALL = 32 * 1024;
    private static final long UNIT = 1024;

    private final int units;
    private final Semaphore free;
    private final long waitMs;

    /** @param waitMs how long a request waits for room */
    BodyRoom(long bytes, long waitMs) {
        this.units = (int) Math.min(Math.max(bytes / UNIT, 1), Integer.MAX_VALUE);
        this.free = new Semaphore(units);
        this.waitMs = waitMs;
    }

    /** For one request; to be closed when its body is no longer needed. */
    Place place() {
        return new Place();
    }

    /** What one request has taken. */
    final class Place implements AutoCloseable {

        private int taken;

        /** Makes sure that a body of so many bytes has room; one larger than all the room gets all of it. */
        void need(long bytes) {
            int needed = bytes <= SMALL ? 0 : (int) Math.min(bytes / UNIT + 1, units);
            if (needed > taken) {
                acquire(needed - taken);
                taken = needed;
            }
        }

        private void acquire(int more) {
            try {
                if (!free.tryAcquire(more, waitMs, TimeUnit.MILLISECONDS)) {
                    throw ApiError.SERVICE_UNAVAILABLE.of("too many large requests at a time");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ApiError.SERVICE_UNAVAILABLE.of("the server is stopping");
            }
        }

        @Override
        public void close() {
            free.release(taken);
            taken = 0;
        }
    }
}
