package clearml.apiserver.store.elastic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;

/** Answers bulks as it is told to, one answer after the other, the last one again and again. */
final class FakeElastic implements AutoCloseable {

    private final List<List<String>> bulks = new ArrayList<>();
    private final List<Reaction> reactions;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final RestClient client;

    /** What becomes of the documents of a bulk, given their lines. */
    interface Reaction {
        Reply to(List<String> documents);
    }

    record Reply(int status, String body) {}

    FakeElastic(Reaction... reactions) {
        this.reactions = new ArrayList<>(List.of(reactions));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/_bulk", this::bulk);
        server.start();
        client = RestClient.builder(
                        new HttpHost("127.0.0.1", server.getAddress().getPort()))
                .setRequestConfigCallback(request -> request.setSocketTimeout(300))
                .build();
    }

    ElasticCluster cluster() {
        return new ElasticCluster(client, "events", new SimpleMeterRegistry());
    }

    /** The documents of each bulk so far. */
    synchronized List<List<String>> bulks() {
        return List.copyOf(bulks);
    }

    static Reaction stores() {
        return documents -> new Reply(200, "{\"errors\":false}");
    }

    /** Elasticsearch does not answer for longer than anybody waits: the client looks once a second who has waited enough. */
    static Reaction hangs() {
        return documents -> {
            try {
                Thread.sleep(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Reply(200, "{\"errors\":false}");
        };
    }

    /** The whole bulk is refused. */
    static Reaction refuses(int status, String type) {
        return documents -> new Reply(status, "{\"error\":" + error(type) + ",\"status\":" + status + "}");
    }

    /** Those documents with this text in them are refused. */
    static Reaction refusesThose(String text, int status, String type) {
        return documents -> new Reply(
                200,
                documents.stream()
                        .map(document -> document.contains(text)
                                ? "{\"index\":{\"status\":" + status + ",\"error\":" + error(type) + "}}"
                                : "{\"index\":{\"status\":201}}")
                        .collect(Collectors.joining(",", "{\"errors\":true,\"items\":[", "]}")));
    }

    private static String error(String type) {
        return "{\"type\":\"" + type + "\",\"reason\":\"index [events-x] because\"}";
    }

    private void bulk(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        List<String> documents = new ArrayList<>();
        String[] lines = body.split("\n");
        for (int i = 1; i < lines.length; i += 2) {
            documents.add(lines[i]);
        }
        byte[] answer;
        Reply reply = next(documents).to(documents);
        answer = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private synchronized Reaction next(List<String> documents) {
        bulks.add(documents);
        return reactions.size() > 1 ? reactions.remove(0) : reactions.get(0);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
