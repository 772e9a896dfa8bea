package clearml.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

    private HttpServer server;
    private URI uri;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = (exchange.getRequestMethod()
                            + exchange.getRequestURI()
                            + new String(exchange.getRequestBody().readAllBytes(), UTF_8))
                    .repeat(3_000)
                    .getBytes(UTF_8);
            boolean chunked = exchange.getRequestURI().getPath().equals("/chunked");
            if (exchange.getRequestURI().getPath().equals("/last")) {
                exchange.getResponseHeaders().add("Connection", "close");
            }
            exchange.sendResponseHeaders(chunked ? 201 : 200, chunked ? 0 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void oneConnectionCarriesAnswersOfKnownLengthAndInChunks() throws IOException {
        Message message = Message.plain(uri);
        try (HttpConnection connection = new HttpConnection(uri)) {
            for (int i = 0; i < 3; i++) {
                HttpAnswer known = connection.send(message.json("/known", "{}"));
                HttpAnswer chunked = connection.send(message.json("/chunked", "[]"));

                assertThat(known.status()).isEqualTo(200);
                assertThat(new String(known.body(), UTF_8)).isEqualTo("POST/known{}".repeat(3_000));
                assertThat(chunked.status()).isEqualTo(201);
                assertThat(new String(chunked.body(), UTF_8)).isEqualTo("POST/chunked[]".repeat(3_000));
                assertThat(connection.sendAndDrain(message.get("/x"))).isEqualTo(200);
            }
        }
    }

    @Test
    void afterTheLastAnswerOfAConnectionANewOneIsMade() throws IOException {
        Message message = Message.plain(uri);
        try (HttpConnection connection = new HttpConnection(uri)) {
            assertThat(connection.sendAndDrain(message.get("/last"))).isEqualTo(200);
            assertThat(connection.sendAndDrain(message.get("/last"))).isEqualTo(200);
            assertThat(connection.sendAndDrain(message.get("/more"))).isEqualTo(200);
        }
    }
}
