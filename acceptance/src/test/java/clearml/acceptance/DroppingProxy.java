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
import java.util.Map;
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
    private final Histories histories;
    final AtomicInteger lost = new AtomicInteger();

    /**
     * @param losing the part of the answers that are lost, 0 to 1
     * @param histories of the tasks that calls are about
     */
    DroppingProxy(List<URI> servers, double losing, Histories histories) throws IOException {
        this.servers = servers;
        this.losing = losing;
        this.histories = histories;
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
            int number = random.nextInt(servers.size());
            var body = exchange.getRequestBody().readAllBytes();
            var call = new Call(exchange, number, body);
            var request = HttpRequest.newBuilder(servers.get(number).resolve(exchange.getRequestURI()))
                    .timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            PASSED_ON.forEach(name -> exchange.getRequestHeaders()
                    .getOrDefault(name, List.of())
                    .forEach(value -> request.header(name, value)));
            var answer = send(request.build(), call);
            boolean loses = random.nextDouble() < losing;
            call.answered(answer, loses);
            if (loses) {
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

    private HttpResponse<byte[]> send(HttpRequest request, Call call) throws IOException, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            call.failed(e);
            throw e;
        }
    }

    /** What the history of its task is to tell of a call. */
    private final class Call {

        private final String what;
        private final String task;
        private final long sent = System.nanoTime();

        Call(HttpExchange exchange, int server, byte[] body) {
            var worker = exchange.getRequestHeaders().getFirst("X-ClearML-Worker");
            what = (worker == null ? "user" : worker) + " " + exchange.getRequestURI() + " at server " + (server + 1);
            task = Api.JSON.readTree(body).path("task").asString("");
            if (!task.isEmpty()) {
                histories.add(task, what + ": sent");
            }
        }

        void answered(HttpResponse<byte[]> answer, boolean loses) {
            var told = new Answer(answer.statusCode(), Map.of(), answer.body());
            if (!told.text().startsWith("{")) {
                return;
            }
            var got = told.data().at("/entry/task").asString("");
            var about = got.isEmpty() ? task : got;
            if (!about.isEmpty()) {
                var status = told.data().at("/task/status").asString("");
                histories.add(
                        about, what + ": " + told.code() + " " + status + since() + (loses ? ", answer lost" : ""));
            }
        }

        void failed(IOException e) {
            if (!task.isEmpty()) {
                histories.add(task, what + ": " + e + since());
            }
        }

        private String since() {
            return " after " + (System.nanoTime() - sent) / 1_000 + " us";
        }
    }

    @Override
    public void close() {
        front.stop(0);
    }
}
