package clearml.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PullingClientTest {

    private HttpServer server;
    private URI uri;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/full", "{\"data\":{\"entry\":{\"task\":\"t\"}}}");
        answer("/empty", "{\"data\":{}}");
        server.start();
        uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(String path, String body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aCallThatGetsNoTaskHasFailed() throws IOException {
        Message message = Message.plain(uri);
        List<Integer> pulled = new ArrayList<>();
        try (PullingClient client =
                new PullingClient(uri, List.of(message.get("/empty"), message.get("/full")), pulled::add)) {
            assertThat(client.call(0)).isFalse();
            assertThat(client.call(1)).isTrue();
            assertThat(client.call(3)).isTrue();
        }
        assertThat(pulled).containsExactly(1, 1);
    }
}
