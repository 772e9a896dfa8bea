package clearml.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Another API server on the stores of a standalone one, as a child process that ends with the tests. */
final class SecondApiServer {

    private static final String MAIN_CLASS = "clearml.apiserver.ApiServerApplication";
    private static final Duration READY_WITHIN = Duration.ofMinutes(4);

    private SecondApiServer() {}

    /** Where it answers. */
    static URI start(StandaloneServer first) {
        var port = StandaloneServer.freePort();
        var api = StandaloneServer.local(port);
        var process = launch(first, port);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!StandaloneServer.answers(api.resolve("/debug.ping"))) {
            if (System.nanoTime() > deadline || hasEnded(process)) {
                process.destroyForcibly();
                throw new IllegalStateException("the second API server did not start, see " + log(first));
            }
        }
        return api;
    }

    private static Process launch(StandaloneServer first, int port) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var builder = new ProcessBuilder(java, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", classPath, MAIN_CLASS)
                .redirectErrorStream(true)
                .redirectOutput(log(first).toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("CLEARML_") || name.startsWith("TRAINS_"));
        environment.putAll(first.environmentOfOthers());
        environment.put("CLEARML__APISERVER__LISTEN__IP", "127.0.0.1");
        environment.put("CLEARML__APISERVER__LISTEN__PORT", String.valueOf(port));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path log(StandaloneServer first) {
        return first.log().resolveSibling("second.log");
    }

    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
