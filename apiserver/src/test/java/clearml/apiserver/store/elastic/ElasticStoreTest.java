package clearml.apiserver.store.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Against a real server where one is named. */
class ElasticStoreTest {

    @Test
    @EnabledIfEnvironmentVariable(named = "TEST_ELASTIC_URI", matches = ".+")
    void templatesCanBePutAgainAndAgain() throws IOException {
        try (RestClient client = RestClient.builder(HttpHost.create(System.getenv("TEST_ELASTIC_URI")))
                .build()) {
            ElasticCluster cluster = new ElasticCluster(client, "events", new SimpleMeterRegistry());
            ElasticTemplates templates = new ElasticTemplates(cluster, cluster);
            templates.apply();
            templates.apply();
            assertThat(templates.probe()).isTrue();
            assertThat(cluster.search(new Search("events-log-nobody", Map.of("size", 0)))
                            .hits())
                    .isEmpty();
            Search wrong = new Search("events-log-nobody", Map.of("nonsense", 1));
            assertThatThrownBy(() -> cluster.search(wrong)).isInstanceOf(ElasticException.class);
            assertThatThrownBy(() -> cluster.searchAll(List.of(wrong, wrong))).isInstanceOf(ElasticException.class);
        }
    }

    @Test
    void aServerThatIsNotThereIsAClearErrorAtOnce() throws IOException {
        try (RestClient client =
                RestClient.builder(new HttpHost("127.0.0.1", freePort())).build()) {
            ElasticCluster cluster = new ElasticCluster(client, "events", new SimpleMeterRegistry());
            assertThatThrownBy(() -> cluster.search(new Search("events-log-x", Map.of())))
                    .isInstanceOfSatisfying(ElasticException.class, failure -> {
                        assertThat(failure.unanswered()).isTrue();
                        ApiException error = new ElasticErrors().translate(failure);
                        assertThat(error).isNotNull();
                        assertThat(error.error()).isEqualTo(ApiError.DATA_ERROR);
                        assertThat(error.getMessage())
                                .startsWith("General data error (Elasticsearch does not answer: ");
                    });
        }
    }

    @Test
    void aDiskThatIsFullIsItsOwnError() {
        ElasticException failure = ElasticException.refused(
                429, "cluster_block_exception", "index [x] blocked by: [TOO_MANY_REQUESTS/12/]");
        ApiException error = new ElasticErrors().translate(failure);
        assertThat(error).isNotNull();
        assertThat(error.error()).isEqualTo(ApiError.LOW_DISK_SPACE);
        assertThat(error.getMessage())
                .contains("metrics, logs and all indexed data is in read-only mode!")
                .endsWith("reason=blocked by: [TOO_MANY_REQUESTS/12/]");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
