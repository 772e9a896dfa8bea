package clearml.embedded.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs for as long as this JVM, at most. A shell between the two holds the other end of a pipe: when this
 * JVM closes it or ends in whatever way, {@code kill -9} included, the shell stops the program. Both run in a session of
 * their own, so that Ctrl-C in a terminal reaches this JVM alone, which then stops them in its order.
 */
public final class ChildProcess implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program.
     *
     * @param name for messages
     * @param folder its working directory, where {@code output.log} takes what it prints and {@code pid} guards against
     *     two of them
     * @param environment what to set, or with an empty value to unset
     */
    public static ChildProcess start(String name, Path folder, List<String> command, Map<String, String> environment) {
        Path log = folder.resolve("output.log");
        try {
            Files.createDirectories(folder);
            PidFile pid = new PidFile(folder.resolve("pid"));
            pid.awaitEndOfFormer(name);
            ProcessBuilder builder = new ProcessBuilder(guarded(command));
            builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
            environment.forEach((key, value) -> set(builder.environment(), key, value));
            Process process = builder.start();
            pid.write(process.toHandle());
            return new ChildProcess(name, process, log);
        } catch (IOException e) {
            throw new StoreStartException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    private static void set(Map<String, String> environment, String key, String value) {
        if (value.isEmpty()) {
            environment.remove(key);
        } else {
            environment.put(key, value);
        }
    }

    private static List<String> guarded(List<String> command) throws IOException {
        List<String> guarded = new ArrayList<>();
        if (Commands.exists("setsid")) {
            guarded.add("setsid");
        }
        guarded.addAll(List.of("sh", "-c", script(), "guard"));
        guarded.addAll(command);
        return guarded;
    }

    private static String script() throws IOException {
        try (InputStream in = Objects.requireNonNull(ChildProcess.class.getResourceAsStream("guard.sh"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Waits until the program answers.
     *
     * @throws StoreStartException when it ends before or takes longer, with the last line it printed
     */
    public void awaitReady(Probe probe, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!probe.answers()) {
            if (!process.isAlive()) {
                throw new StoreStartException(
                        name + " ended with status " + process.exitValue() + " while starting: " + lastWords());
            }
            if (System.nanoTime() > deadline) {
                close();
                throw new StoreStartException(name + " is not ready after " + atMost.toSeconds() + " s, see " + log);
            }
            sleep();
        }
    }

    private void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new StoreStartException("interrupted while " + name + " was starting", e);
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "see " + log : lines.get(lines.size() - 1) + " (" + log + ")";
        } catch (IOException e) {
            return "see " + log;
        }
    }

    /** The shell that guards the program; the program is its child. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Completes when the program has ended, for whatever reason. */
    public CompletableFuture<ProcessHandle> onExit() {
        return process.toHandle().onExit();
    }

    /** Asks the program to stop, waits for it, and after 10 s makes it. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (IOException e) {
            // The pipe is broken when the program has ended by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Whether a program answers by now. */
    @FunctionalInterface
    public interface Probe {
        boolean answers();
    }
}
