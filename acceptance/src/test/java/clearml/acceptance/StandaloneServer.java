package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * The standalone server as a child process on free ports and a data folder of its own. Its secrets are the shipped
 * ones, given by environment as an operator would, so that tokens can be made and system roles tried.
 */
final class StandaloneServer implements AutoCloseable {

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();
    private static final String MAIN_CLASS = "clearml.standalone.Standalone";
    private static final Duration READY_WITHIN = Duration.ofMinutes(4);

    private final Path folder;
    private final Map<String, String> environment;
    private final int apiPort = freePort();
    private final int filesPort = freePort();
    private final int webPort = freePort();
    private Process process;

    private StandaloneServer(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    static StandaloneServer start(String name) {
        return start(name, Map.of());
    }

    /** A server on an empty data folder; {@code environment} is added to the shipped secrets. */
    static StandaloneServer start(String name, Map<String, String> environment) {
        Assumptions.assumeTrue(exists(MAIN_CLASS), "no standalone server in this build, and TEST_API names none");
        var all = new LinkedHashMap<>(shippedSecrets());
        all.putAll(environment);
        var server = new StandaloneServer(emptyFolder(name), all);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    Server server() {
        return new Server(local(apiPort), local(filesPort), ShippedDefaults.USER, ShippedDefaults.SYSTEM, true);
    }

    URI web() {
        return local(webPort);
    }

    /** The data folder. */
    Path data() {
        return folder.resolve("data");
    }

    /** The first match, or its first group, in the configuration that names the embedded stores. */
    String store(String pattern) {
        try {
            var matcher = Pattern.compile(pattern).matcher(Files.readString(data().resolve("config/hosts.conf")));
            if (!matcher.find()) {
                throw new IllegalStateException("no " + pattern + " in the configuration of the stores");
            }
            return matcher.group(Math.min(1, matcher.groupCount()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an operator would set for another server on the same stores, with the same secrets. */
    Map<String, String> environmentOfOthers() {
        var all = new LinkedHashMap<>(environment);
        all.put("CLEARML_CONFIG_DIR", data().resolve("config").toString());
        return all;
    }

    /** What the process printed. */
    Path log() {
        return folder.resolve("server.log");
    }

    /** Sets a variable of its environment, from the next start on. */
    void set(String name, String value) {
        environment.put(name, value);
    }

    /** Starts it, or starts it again on the same data and ports, and waits until it answers. */
    void start() {
        try {
            var builder = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("CLEARML_") || name.startsWith("TRAINS_"));
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().putAll(environment);
            process = builder.start();
            awaitReady();
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + MAIN_CLASS, e);
        }
    }

    /** Ends it the way Ctrl-C does, and after 20 s the hard way. */
    void stop() {
        process.destroy();
        if (!ended(Duration.ofSeconds(20))) {
            kill();
        }
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        ended(Duration.ofSeconds(20));
    }

    /** Ends those of its child processes that have this text in their command, as {@code kill -9} does; whether there are any. */
    boolean killChild(String text) {
        var found = children(text);
        found.forEach(ProcessHandle::destroyForcibly);
        return !found.isEmpty();
    }

    /** Has such a child process do nothing at all, or go on after that. */
    void suspendChild(String text, boolean suspended) {
        for (var child : children(text)) {
            try {
                new ProcessBuilder("kill", suspended ? "-STOP" : "-CONT", "" + child.pid())
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<ProcessHandle> children(String text) {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(text))
                .toList();
    }

    @Override
    public void close() {
        stop();
    }

    private boolean ended(Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<String> command() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(java, "-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp", classPath, MAIN_CLASS));
        command.addAll(List.of("--data", data().toString(), "--host", "127.0.0.1"));
        command.addAll(List.of("--api-port", "" + apiPort, "--files-port", "" + filesPort, "--web-port", "" + webPort));
        return command;
    }

    private void awaitReady() throws IOException {
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!answers(local(apiPort).resolve("/debug.ping"))
                || !answers(local(filesPort).resolve("/"))) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                kill();
                throw new IllegalStateException("the server did not start; it printed:\n" + tail());
            }
            ended(Duration.ofMillis(200));
        }
    }

    static boolean answers(URI uri) {
        try {
            var request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String tail() throws IOException {
        var lines = Files.readAllLines(log(), UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    private static Map<String, String> shippedSecrets() {
        var secrets = new LinkedHashMap<String, String>();
        secrets.put("CLEARML__SECURE__AUTH__TOKEN_SECRET", quoted(ShippedDefaults.TOKEN_SECRET));
        putCredentials(secrets, "APISERVER", ShippedDefaults.SYSTEM);
        putCredentials(secrets, "FILESERVER", ShippedDefaults.FILES);
        putCredentials(secrets, "WEBSERVER", ShippedDefaults.WEB);
        putCredentials(secrets, "TESTS", ShippedDefaults.USER);
        return secrets;
    }

    private static void putCredentials(Map<String, String> environment, String name, Credentials credentials) {
        var prefix = "CLEARML__SECURE__CREDENTIALS__" + name;
        environment.put(prefix + "__USER_KEY", quoted(credentials.key()));
        environment.put(prefix + "__USER_SECRET", quoted(credentials.secret()));
    }

    private static String quoted(String value) {
        return '"' + value + '"';
    }

    private static Path emptyFolder(String name) {
        try {
            var parent = Files.createDirectories(Path.of("target", "servers").toAbsolutePath());
            return Files.createTempDirectory(parent, name + "-");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Below those that outgoing connections get, one of which could take it until the server listens. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 15_000);
            if (!GIVEN.add(port)) {
                // Whoever got it may not listen yet.
                continue;
            }
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Then another one.
                continue;
            }
        }
    }

    private static boolean exists(String className) {
        try {
            Class.forName(className, false, StandaloneServer.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
