package clearml.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

/** Tasks with many events to read, written straight into Elasticsearch as the server would have written them. */
final class StoredEvents {

    private static final String COMPANY = "d1bd92a3b039400cbafc60a7a5b1e52b";
    private static final int PER_BULK = 5_000;
    private static final int SERIES_OF_A_METRIC = 10;

    /** Of the first log line, in ms. */
    static final long START = 1_700_000_000_000L;

    private final Session session;
    private final URI elastic;
    private final String project;

    StoredEvents(Session session, URI elastic) throws IOException {
        this.session = session;
        this.elastic = elastic;
        this.project = session.project();
    }

    static String index(String type) {
        return "events-" + type + "-" + COMPANY;
    }

    /** A task with scalars, in the order in which training reports them. */
    String scalars(int series, int points) throws IOException {
        String task = session.task(project);
        write("training_stats_scalar", task, series * points, i -> {
            int one = i % series;
            int iteration = i / series;
            return "\"iter\":" + iteration + ",\"metric\":\"metric " + one / SERIES_OF_A_METRIC
                    + "\",\"variant\":\"variant "
                    + one % SERIES_OF_A_METRIC + "\",\"value\":" + Math.sin(iteration * 0.001 + one)
                    + ",\"timestamp\":" + (START + iteration);
        });
        return task;
    }

    /** A task with a log, a line each 10 ms. */
    String log(int lines) throws IOException {
        String task = session.task(project);
        write(
                "log",
                task,
                lines,
                i -> "\"timestamp\":" + (START + i * 10L)
                        + ",\"level\":\"info\",\"metric\":\"\",\"variant\":\"\",\"msg\":\"epoch 1 step " + i
                        + " loss 0.123456 accuracy 0.654321 learning rate 0.001 of a line of a hundred characters\"");
        return task;
    }

    /** A task with plots of 100 kB, of 20 variants. */
    String plots(int count) throws IOException {
        String task = session.task(project);
        try (HttpConnection connection = new HttpConnection(session.api())) {
            for (int i = 0; i < count; i += 20) {
                StringBuilder lines = new StringBuilder();
                for (int variant = 0; variant < 20 && i + variant < count; variant++) {
                    lines.append("{\"type\":\"plot\",\"task\":\"" + task + "\",\"iter\":" + i / 20
                            + ",\"metric\":\"plot\",\"variant\":\"" + variant + "\",\"plot_str\":\"" + plot()
                            + "\"}\n");
                }
                connection
                        .send(session.message()
                                .post(
                                        "/events.add_batch",
                                        "application/json-lines",
                                        lines.toString().getBytes(UTF_8)))
                        .data();
            }
        }
        return task;
    }

    private static String plot() {
        byte[] noise = new byte[25_000];
        ThreadLocalRandom.current().nextBytes(noise);
        String numbers = HexFormat.ofDelimiter(", ").formatHex(noise);
        return "{'data': [" + numbers.substring(0, 100_000 - 12) + "]}";
    }

    private void write(String type, String task, int count, IntFunction<String> fields) throws IOException {
        createIndex(type, task);
        Message message = Message.plain(elastic);
        try (HttpConnection connection = new HttpConnection(elastic)) {
            for (int from = 0; from < count; from += PER_BULK) {
                StringBuilder lines = new StringBuilder(PER_BULK * 300);
                for (int i = from; i < Math.min(from + PER_BULK, count); i++) {
                    lines.append("{\"index\":{}}\n{\"type\":\"" + type + "\",\"task\":\"" + task
                            + "\",\"worker\":\"host:1\","
                            + "\"model_event\":false,\"@timestamp\":\"2023-11-14T22:13:20.512Z\",");
                    lines.append(fields.apply(i)).append("}\n");
                }
                connection.send(message.post(
                        "/" + index(type) + "/_bulk?filter_path=errors",
                        "application/x-ndjson",
                        lines.toString().getBytes(UTF_8)));
            }
            connection.send(message.json("/" + index(type) + "/_refresh", ""));
        }
    }

    /** Through the server, so that it is made as any other; without the cache that would answer the second call. */
    private void createIndex(String type, String task) throws IOException {
        session.call(
                "events.add_batch",
                "{\"type\":\"" + type + "\",\"task\":\"" + task + "\",\"iter\":0,\"timestamp\":" + START
                        + ",\"metric\":\"metric 0\",\"variant\":\"variant 0\",\"value\":0,\"msg\":\"first\"}");
        try (HttpConnection connection = new HttpConnection(elastic)) {
            byte[] off = "{\"index.requests.cache.enable\":false}".getBytes(UTF_8);
            connection.send(
                    Message.plain(elastic)
                            .head("PUT", "/" + index(type) + "/_settings", "application/json", off.length),
                    off);
        }
    }
}
