package clearml.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.OptionalDouble;

/** The CPU time of the server's process, embedded MongoDB included, from its metrics. */
final class ServerCpu {

    private static final String METRIC = "process_cpu_time_ns_total ";

    private final URI server;

    ServerCpu(URI server) {
        this.server = server;
    }

    /** In ns since the process began; empty when the server does not tell. */
    OptionalDouble used() {
        try (HttpConnection connection = new HttpConnection(server)) {
            HttpAnswer answer = connection.send(Message.plain(server).get("/actuator/prometheus"));
            return new String(answer.body(), UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(METRIC))
                    .mapToDouble(line -> Double.parseDouble(line.substring(METRIC.length())))
                    .findFirst();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }
}
