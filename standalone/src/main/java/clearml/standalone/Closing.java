package clearml.standalone;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was started, the last one first. */
final class Closing implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private volatile String current = "nothing";

    synchronized <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        for (AutoCloseable next = poll(); next != null; next = poll()) {
            current = next.toString();
            try {
                next.close();
            } catch (Exception e) {
                System.err.println("while stopping: " + e);
            }
        }
    }

    /** What is being closed, for people. */
    String current() {
        return current;
    }

    private synchronized @org.jspecify.annotations.Nullable AutoCloseable poll() {
        return open.poll();
    }
}
