package clearml.apiserver.store.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.BodyRoom;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the answers of Elasticsearch may take. */
class LargeAnswersTest {

    private static final int MB = 1024 * 1024;
    private static final Search SEARCH = new Search("events-log-c", Map.of());

    private final BodyRoom room = new BodyRoom(4 * MB, 1);
    private int answerBytes = MB;
    private long length;
    private HttpServer server;
    private RestClient client;
    private ElasticCluster cluster;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = ("{\"text\":\"" + "x".repeat(answerBytes) + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, length < 0 ? 0 : answer.length);
            try (exchange) {
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        client = RestClient.builder(
                        new HttpHost("127.0.0.1", server.getAddress().getPort()))
                .build();
        cluster = new ElasticCluster(client, "events", new SimpleMeterRegistry(), room);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.stop(0);
    }

    @Test
    void anAnswerIsWholeWhetherOrNotItsLengthIsSaidBefore() {
        assertThat(text(10 * MB)).hasSize(MB);
        length = -1;
        assertThat(text(10 * MB)).hasSize(MB);
        answerBytes = 0;
        assertThat(text(10 * MB)).isEmpty();
    }

    @Test
    void anAnswerOfMoreThanItMayHaveSaysThatLessCanBeAskedFor() {
        for (int i = 0; i < 2; i++) {
            length = -i;
            assertThatThrownBy(() -> text(MB / 2))
                    .isInstanceOfSatisfying(
                            ElasticException.class,
                            e -> assertThat(e.tooLarge()).isTrue());
        }
    }

    @Test
    void anAnswerWithoutRoomIsRefusedUntilThereIsSome() {
        for (int i = 0; i < 2; i++) {
            length = -i;
            try (BodyRoom.Place other = room.place()) {
                other.need(4 * MB);
                assertThatThrownBy(() -> text(10 * MB))
                        .isInstanceOfSatisfying(
                                ApiException.class, e -> assertThat(e.error()).isEqualTo(ApiError.SERVICE_UNAVAILABLE));
            }
            assertThat(text(10 * MB)).hasSize(MB);
        }
    }

    private String text(int most) {
        try (BodyRoom.Place place = room.place()) {
            return String.valueOf(cluster.search(SEARCH, place, most).body().get("text"));
        }
    }
}
