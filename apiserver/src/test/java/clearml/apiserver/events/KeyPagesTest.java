package clearml.apiserver.events;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.SearchAnswer;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How often Elasticsearch is asked for a page. */
class KeyPagesTest {

    private final List<JsonNode> searches = new ArrayList<>();
    private List<Long> timestamps = List.of();
    private HttpServer elastic;
    private RestClient client;

    @BeforeEach
    void start() throws IOException {
        elastic = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elastic.createContext("/", exchange -> {
            JsonNode search =
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            searches.add(search);
            byte[] answer = hits(search).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        elastic.start();
        client = RestClient.builder(
                        new HttpHost("127.0.0.1", elastic.getAddress().getPort()))
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        elastic.stop(0);
    }

    /** The first ones in order, or, as they were written, all of one time. */
    private String hits(JsonNode search) {
        boolean byTime = search.at("/sort/0").has("timestamp");
        long time = search.findValues("timestamp").stream()
                .filter(JsonNode::isNumber)
                .mapToLong(JsonNode::asLong)
                .findFirst()
                .orElse(0);
        long after = search.at("/search_after/0").asLong(-1);
        return IntStream.range(0, timestamps.size())
                .filter(i -> byTime ? timestamps.get(i) > after : timestamps.get(i) == time && i > after)
                .limit(search.path("size").asInt())
                .mapToObj(i -> "{\"_index\":\"x\",\"_id\":\"" + i + "\",\"_source\":{\"timestamp\":" + timestamps.get(i)
                        + ",\"n\":" + i + "},\"sort\":[" + (byTime ? timestamps.get(i) : i + ",\"x\"") + "]}")
                .collect(Collectors.joining(",", "{\"hits\":{\"total\":{\"value\":9},\"hits\":[", "]}}"));
    }

    @Test
    void aFullPageIsOneSearch() {
        timestamps = List.of(1L, 2L, 3L, 4L, 5L);

        assertThat(page(4)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(searches).hasSize(1);
    }

    @Test
    void aPageMayHoldAllThereIs() {
        timestamps = List.of(1L, 2L, 3L, 3L);

        assertThat(page(3)).containsExactly(1L, 2L, 3L, 3L);
        assertThat(page(5)).containsExactly(1L, 2L, 3L, 3L);
    }

    @Test
    void someMoreOfTheLastTimeAreStillOneSearch() {
        timestamps = IntStream.range(0, 200)
                .mapToObj(i -> i < 98 ? i : i < 104 ? 98L : i)
                .toList();

        assertThat(page(100)).hasSize(104).endsWith(98L);
        assertThat(searches).hasSize(1);
    }

    @Test
    void manyOfTheLastTimeAreReadByASecondSearch() {
        timestamps = IntStream.range(0, 200)
                .mapToObj(i -> i < 98 ? i : i < 150 ? 98L : i)
                .toList();

        assertThat(page(100)).hasSize(150).endsWith(98L);
        assertThat(searches).hasSize(2);
    }

    @Test
    void thousandsOfTheLastTimeAreAllThereWhereOneCanOnlyGoOnByTime() {
        timestamps = thousandsOfOneTime();

        KeyPages.Page page = page(100, null, true);
        assertThat(numbers(page)).hasSize(25_010).doesNotHaveDuplicates();
        assertThat(page.next()).isEqualTo(new KeyPages.Position(98L, null));
    }

    @Test
    void amongThousandsOfOneTimeOneCanGoOn() {
        timestamps = thousandsOfOneTime();

        List<Integer> all = new ArrayList<>();
        KeyPages.Position next = null;
        do {
            KeyPages.Page page = page(400, next, false);
            assertThat(page.hits()).hasSizeBetween(1, 10_400);
            all.addAll(numbers(page));
            next = page.hits().size() < 400 ? null : page.next();
        } while (next != null && all.size() < 50_000);
        assertThat(all).hasSize(25_050).doesNotHaveDuplicates();
    }

    private static List<Long> thousandsOfOneTime() {
        return IntStream.range(0, 25_050)
                .mapToObj(i -> i < 10 ? i : i < 25_010 ? 98L : i)
                .toList();
    }

    private static List<Integer> numbers(KeyPages.Page page) {
        return SearchAnswer.of(page.hits()).sources().stream()
                .map(event -> (Integer) event.get("n"))
                .toList();
    }

    private List<Long> page(int size) {
        return SearchAnswer.of(page(size, null, true).hits()).sources().stream()
                .map(event -> ((Number) event.get("timestamp")).longValue())
                .toList();
    }

    private KeyPages.Page page(int size, KeyPages.Position after, boolean byKey) {
        EventSearch search = new EventSearch(new ElasticCluster(client, "events", new SimpleMeterRegistry()), null);
        EventScope scope = new EventScope(List.of("c"), List.of("t"), EventType.LOG);
        return new KeyPages(search)
                .page(new KeyPages.Request(scope, EventQuery.ofTask("t"), "timestamp", "asc", size, after, byKey));
    }
}
