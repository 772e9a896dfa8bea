package clearml.standalone;

import clearml.embedded.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The standalone in a JVM of its own, with what it prints. */
final class StandaloneProcess implements AutoCloseable {

    final int apiPort = Ports.free();
    final int filesPort = Ports.free();
    final int webPort = Ports.free();
    final Process process;
    private final Path out;
    private final Path err;

    /** @param more options, which win over those before */
    StandaloneProcess(Path data, Path logs, String... more) throws IOException {
        this(Map.of(), data, logs, more);
    }

    StandaloneProcess(Map<String, String> environment, Path data, Path logs, String... more) throws IOException {
        out = Files.createTempFile(logs, "out", ".txt");
        err = Files.createTempFile(logs, "err", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Standalone.class.getName()));
        command.addAll(List.of("--data", data.toString()));
        command.addAll(List.of("--api-port", "" + apiPort, "--files-port", "" + filesPort, "--web-port", "" + webPort));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("CLEARML_") || name.startsWith("TRAINS_"));
        builder.environment().putAll(environment);
        process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    }

    String output() {
        return read(out);
    }

    String errors() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    /** Its exit status, or -1 when it takes longer. */
    int exitWithin(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
