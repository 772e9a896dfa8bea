package clearml.apiserver.call;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * How many bytes of large bodies, of requests or of the answers of a store, may be in memory at a time. What finds no room
 * soon is refused with 503, which clients repeat: better than to end with all the others for want of memory. Small bodies
 * are not counted.
 */
public final class BodyRoom {

    static final long SMALL = 32 * 1024;
    private static final long UNIT = 1024;

    private final int units;
    private final Semaphore free;
    private final long waitMs;

    /** @param waitMs how long a body waits for room */
    public BodyRoom(long bytes, long waitMs) {
        this.units = (int) Math.min(Math.max(bytes / UNIT, 1), Integer.MAX_VALUE);
        this.free = new Semaphore(units);
        this.waitMs = waitMs;
    }

    /** For one body; to be closed when it is no longer needed. */
    public Place place() {
        return new Place();
    }

    /** For a body that is needed until the call which this thread works for is answered: nobody need close it. */
    public Place placeOfCall() {
        Place place = new Place();
        RequestAttributes call = RequestContextHolder.getRequestAttributes();
        if (call != null) {
            String name = BodyRoom.class.getName() + Call.newId();
            call.registerDestructionCallback(name, place::close, RequestAttributes.SCOPE_REQUEST);
        }
        return place;
    }

    /** What one body has taken. */
    public final class Place implements AutoCloseable {

        private int taken;
        private boolean closed;

        /** Makes sure that a body of so many bytes has room; one larger than all the room gets all of it. */
        public void need(long bytes) {
            int more = more(bytes);
            try {
                if (more > 0 && !free.tryAcquire(more, waitMs, TimeUnit.MILLISECONDS)) {
                    throw ApiError.SERVICE_UNAVAILABLE.of("too many large requests at a time");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ApiError.SERVICE_UNAVAILABLE.of("the server is stopping");
            }
            take(more);
        }

        /** The same where nobody can wait: whether there is room now. */
        public boolean has(long bytes) {
            int more = more(bytes);
            boolean enough = more == 0 || free.tryAcquire(more);
            take(enough ? more : 0);
            return enough;
        }

        private synchronized int more(long bytes) {
            int needed = bytes <= SMALL ? 0 : (int) Math.min(bytes / UNIT + 1, units);
            return Math.max(0, needed - taken);
        }

        private synchronized void take(int more) {
            if (closed) {
                // Whoever waited for the body is gone.
                free.release(more);
            } else {
                taken += more;
            }
        }

        @Override
        public synchronized void close() {
            free.release(taken);
            taken = 0;
            closed = true;
        }
    }
}
