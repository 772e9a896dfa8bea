package clearml.standalone;

import clearml.embedded.process.RunningStore;
import clearml.embedded.process.StoreStartException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps a store running: one that ends without being asked is started again, on the same port and data. */
final class Supervised implements AutoCloseable {

    /** Between attempts to start it again; what keeps it from starting may pass, such as a full disk. */
    private static final int PAUSE_S = 5;

    private final String name;
    private final Supplier<? extends RunningStore> starter;
    private final Progress progress;
    private @Nullable RunningStore running;
    private boolean closed;

    private Supervised(String name, Supplier<? extends RunningStore> starter, Progress progress) {
        this.name = name;
        this.starter = starter;
        this.progress = progress;
    }

    static Supervised start(String name, Supplier<? extends RunningStore> starter, Progress progress) {
        Supervised store = new Supervised(name, starter, progress);
        store.startNow();
        return store;
    }

    private synchronized void startNow() {
        if (closed) {
            return;
        }
        RunningStore started = starter.get();
        running = started;
        progress.say(name + " is up");
        var unused = started.onExit().thenRunAsync(this::startAgain);
    }

    private void startAgain() {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        progress.say(name + " has ended by itself, starting it again");
        try {
            startNow();
        } catch (StoreStartException e) {
            progress.say(name + " could not be started again: " + e.getMessage());
            CompletableFuture.delayedExecutor(PAUSE_S, TimeUnit.SECONDS).execute(this::startAgain);
        }
    }

    @Override
    public void close() {
        RunningStore last;
        synchronized (this) {
            closed = true;
            last = running;
        }
        if (last != null) {
            last.close();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
