package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A server with the protocol of S3, as far as deleting several objects goes. */
final class FakeS3 implements AutoCloseable {

    private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>", Pattern.DOTALL);

    /** What is there, as {@code bucket/key}. */
    final Set<String> objects = ConcurrentHashMap.newKeySet();

    private final HttpServer server;

    FakeS3() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::delete);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void delete(HttpExchange exchange) throws IOException {
        try (exchange) {
            var bucket = exchange.getRequestURI().getPath().replace("/", "");
            var signed = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                    .startsWith("AWS4-HMAC-SHA256 Credential=");
            var keys = KEY.matcher(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            var deleted = keys.results()
                    .map(key -> key.group(1))
                    .peek(key -> objects.remove(bucket + "/" + key))
                    .map(key -> "<Deleted><Key>" + key + "</Key></Deleted>")
                    .collect(Collectors.joining());
            var answer = ("<DeleteResult>" + deleted + "</DeleteResult>").getBytes(UTF_8);
            exchange.sendResponseHeaders(signed ? 200 : 403, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
