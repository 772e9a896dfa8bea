package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program run to its end, or to the end of its time. */
record ChildProcess(int status, boolean inTime, String output) {

    /** Runs it with its outputs joined; {@code environment} is added to ours, without any settings of ClearML. */
    static ChildProcess run(List<String> command, Map<String, String> environment, Duration atMost) {
        try {
            var output = Files.createTempFile("acceptance", ".out");
            try {
                var builder =
                        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
                builder.environment()
                        .keySet()
                        .removeIf(name -> name.startsWith("CLEARML_") || name.startsWith("TRAINS_"));
                builder.environment().putAll(environment);
                var process = builder.start();
                var inTime = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
                killTree(process);
                return new ChildProcess(inTime ? process.exitValue() : -1, inTime, Files.readString(output, UTF_8));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void killTree(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
