package clearml.embedded.elastic;

import clearml.embedded.process.ChildProcess;
import clearml.embedded.process.Ports;
import clearml.embedded.process.RunningStore;
import clearml.embedded.process.Unprivileged;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A real single-node Elasticsearch for one machine, with a heap of 512 MB where {@code ES_JAVA_OPTS} of the
 * environment tells no other, without scripts and without security. It runs on the Java that runs us, and ends with this
 * JVM.
 */
public final class EmbeddedElasticsearch implements RunningStore {

    private static final Duration START = Duration.ofMinutes(2);

    /** Options of the operator come behind it, and win. */
    private static final String HEAP = "-Xms512m -Xmx512m";

    private final ChildProcess process;
    private final String host;
    private final int port;

    private EmbeddedElasticsearch(ChildProcess process, String host, int port) {
        this.process = process;
        this.host = host;
        this.port = port;
    }

    /**
     * Starts a server and waits until it answers, which takes about 8 s on an idle machine of 2 cores.
     *
     * @param folder for its data, configuration and logs, made if missing
     * @param host address to listen on
     * @param port to listen on for HTTP, 0 for a free one
     * @throws clearml.embedded.process.StoreStartException with the reason, a taken port by number
     */
    public static EmbeddedElasticsearch start(Path folder, String host, int port) {
        int chosen = Ports.choose("Elasticsearch", host, port);
        Path distribution = Distribution.folder();
        ElasticsearchFolder own =
                new ElasticsearchFolder(Unprivileged.reachable("Elasticsearch", folder.toAbsolutePath()));
        own.prepare(distribution);
        ChildProcess process = ChildProcess.start(
                "Elasticsearch", own.root(), command(own, distribution, host, chosen), environment(own));
        EmbeddedElasticsearch elasticsearch = new EmbeddedElasticsearch(process, host, chosen);
        process.awaitReady(elasticsearch::answers, START);
        return elasticsearch;
    }

    private static List<String> command(ElasticsearchFolder own, Path distribution, String host, int port) {
        Path program = distribution.resolve("bin/elasticsearch");
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        List<String> command =
                new ArrayList<>(Unprivileged.prefix("Elasticsearch", own.root(), own.root(), program, java));
        command.add(program.toString());
        Map.of(
                        "network.host", host,
                        "http.port", Integer.toString(port),
                        "transport.port", Integer.toString(Ports.free()),
                        "path.data", own.data().toString(),
                        "path.logs", own.logs().toString())
                .forEach((key, value) -> {
                    command.add("-E");
                    command.add(key + "=" + value);
                });
        return command;
    }

    private static Map<String, String> environment(ElasticsearchFolder own) {
        return Map.of(
                "ES_JAVA_HOME",
                System.getProperty("java.home"),
                "ES_PATH_CONF",
                own.config().toString(),
                "ES_TMPDIR",
                own.temporary().toString(),
                "ES_JAVA_OPTS",
                HEAP + " " + System.getenv().getOrDefault("ES_JAVA_OPTS", ""),
                "CLI_JAVA_OPTS",
                "-XX:TieredStopAtLevel=1",
                "HOME",
                own.root().toString(),
                "JAVA_TOOL_OPTIONS",
                "",
                "JDK_JAVA_OPTIONS",
                "");
    }

    private boolean answers() {
        try {
            URI health = URI.create(url() + "/_cluster/health?wait_for_status=yellow&timeout=1s");
            HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(3000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Base of its HTTP addresses, without a trailing slash. */
    public String url() {
        return "http://" + host + ":" + port;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** The process that holds the server, for watching it. */
    public ProcessHandle handle() {
        return process.handle();
    }

    @Override
    public CompletableFuture<ProcessHandle> onExit() {
        return process.onExit();
    }

    @Override
    public void close() {
        process.close();
    }
}
