package clearml.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Remembers a child across our own death: after {@code kill -9} of the parent its children need a moment to stop, and a
 * second one on the same files would damage them.
 */
final class PidFile {

    private static final int WAIT_SECONDS = 15;

    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    void write(ProcessHandle process) throws IOException {
        Files.writeString(file, process.pid() + " " + startOf(process));
    }

    void awaitEndOfFormer(String name) throws IOException {
        Optional<ProcessHandle> former = former();
        if (former.isEmpty()) {
            return;
        }
        try {
            former.get().onExit().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StoreStartException(
                    name + " of " + file.getParent() + " still runs as process "
                            + former.get().pid(),
                    e);
        } catch (ExecutionException | InterruptedException e) {
            throw new StoreStartException("gave up waiting for the former " + name, e);
        }
    }

    private Optional<ProcessHandle> former() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] parts = Files.readString(file).strip().split(" ", 2);
        if (parts.length < 2 || !parts[0].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(process -> startOf(process).equals(parts[1]));
    }

    /** Pids are used again; the moment of the start tells two processes apart. */
    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("?");
    }
}
