package clearml.embedded.mongo.language;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Until when a command may go on. A command runs on one thread from its beginning to its end, whose limit it is. */
public final class TimeLimit {

    /** No limit. */
    public static final TimeLimit NONE = new TimeLimit(Long.MAX_VALUE);

    private static final ThreadLocal<@Nullable TimeLimit> CURRENT = new ThreadLocal<>();
    private static final int STEPS = 16;
    private static final long NANOS_PER_MS = 1_000_000;

    private final long nanos;
    private final long start = System.nanoTime();
    private int steps;

    private TimeLimit(long nanos) {
        this.nanos = nanos;
    }

    /** The limit of so many nanoseconds from now on. */
    public static TimeLimit ofNanos(long nanos) {
        return nanos == Long.MAX_VALUE ? NONE : new TimeLimit(nanos);
    }

    /** The limit that a command's {@code maxTimeMS} says, 0 and null meaning none. */
    public static TimeLimit of(@Nullable Object maxTimeMs) {
        if (maxTimeMs == null) {
            return NONE;
        }
        if (!(maxTimeMs instanceof Number number)) {
            throw Errors.typeMismatch("maxTimeMS must be a number, not " + BsonTypes.name(maxTimeMs));
        }
        long ms = number.longValue();
        if (ms < 0 || ms > Integer.MAX_VALUE) {
            throw Errors.badValue(ms + " value for maxTimeMS is out of range [0, " + Integer.MAX_VALUE + "]");
        }
        return ms == 0 ? NONE : new TimeLimit(ms * NANOS_PER_MS);
    }

    /** The limit of the command that this thread runs. */
    public static TimeLimit current() {
        TimeLimit current = CURRENT.get();
        return current == null ? NONE : current;
    }

    /** Runs something under this limit and, if there is one already, that. */
    public <T> T during(Supplier<T> work) {
        if (left() >= current().left()) {
            return work.get();
        }
        TimeLimit before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.set(before);
        }
    }

    /** What is left, in nanoseconds, less than 0 when it is over; the greatest number without a limit. */
    public long left() {
        return this == NONE ? Long.MAX_VALUE : nanos - (System.nanoTime() - start);
    }

    /** Notes a small step, such as a look at a document. The clock is read every so often; 50 when time is over. */
    public void step() {
        if (this != NONE && ++steps >= STEPS) {
            steps = 0;
            check();
        }
    }

    /** 50 MaxTimeMSExpired when time is over. */
    public void check() {
        if (left() < 0) {
            throw Errors.timeIsOver();
        }
    }
}
