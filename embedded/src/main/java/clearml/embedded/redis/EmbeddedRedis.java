package clearml.embedded.redis;

import clearml.embedded.process.ChildProcess;
import clearml.embedded.process.Ports;
import clearml.embedded.process.RunningStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A real Redis server for one machine. What it holds is kept in its folder; a crash loses at most the last second. It
 * ends with this JVM.
 */
public final class EmbeddedRedis implements RunningStore {

    private static final Duration START = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final String host;
    private final int port;

    private EmbeddedRedis(ChildProcess process, String host, int port) {
        this.process = process;
        this.host = host;
        this.port = port;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param folder for its data and log, made if missing
     * @param host address to listen on
     * @param port to listen on, 0 for a free one
     * @throws clearml.embedded.process.StoreStartException with the reason, a taken port by number
     */
    public static EmbeddedRedis start(Path folder, String host, int port) {
        int chosen = Ports.choose("Redis", host, port);
        List<String> command = List.of(
                RedisProgram.find(),
                "--bind",
                host,
                "--port",
                Integer.toString(chosen),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "");
        ChildProcess process = ChildProcess.start("Redis", folder.toAbsolutePath(), command, Map.of());
        process.awaitReady(() -> answers(host, chosen), START);
        return new EmbeddedRedis(process, host, chosen);
    }

    private static boolean answers(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 1000);
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
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
