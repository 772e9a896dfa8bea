package clearml.embedded.process;

import java.util.concurrent.CompletableFuture;

/** A store that runs as a child process. */
public interface RunningStore extends AutoCloseable {

    /** Completes when the store has ended, for whatever reason. */
    CompletableFuture<ProcessHandle> onExit();

    /** Stops it within seconds; what it holds is on disk then. */
    @Override
    void close();
}
