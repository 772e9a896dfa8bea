package clearml.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes each call on to one of several servers, and loses the answers to some of them. */
final class DroppingProxy implements AutoCloseable {

    private static final List<String> PASSED_ON = List.of("Authorization", "X-ClearML-Worker");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final HttpServer front;
    private final List<URI> servers;
    private final double losing;
    final AtomicInteger lost = new AtomicInteger();

    /** @param losing the part of the answers that are lost, 0 to 1 */
    DroppingProxy(List<URI> servers, double losing) throws IOException {
        this.servers = servers;
        this.losing = losing;
        front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "proxy");
            thread.setDaemon(true);
            return thread;
        }));
        front.createContext("/", this::pass);
        front.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
    }

    private void pass(HttpExchange exchange) throws IOException {
        // Without an answer the connection ends, and the caller does not know what became of the call.
        try (exchange) {
            var random = ThreadLocalRandom.current();
            var server = servers.get(random.nextInt(servers.size()));
            var request = HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
                    .timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            exchange.getRequestBody().readAllBytes()));
            PASSED_ON.forEach(name -> exchange.getRequestHeaders()
                    .getOrDefault(name, List.of())
                    .forEach(value -> request.header(name, value)));
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (random.nextDouble() < losing) {
                lost.incrementAndGet();
            } else {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        front.stop(0);
    }
}
