package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ServingTest {

    private final Api api = Api.user();
    private final String url = "https://serving.example/" + UUID.randomUUID();
    private final String one = "one " + UUID.randomUUID();
    private final String two = "two " + UUID.randomUUID();

    @AfterEach
    void unregister() {
        for (var container : List.of(one, two)) {
            call("unregister_container", Map.of("container_id", container)).ok();
        }
    }

    @Test
    void aContainerWithoutUrlIsLoadingUntilItReportsOne() {
        call("register_container", container(one, "model_source", "hub", "input_size", 10))
                .ok();

        var loading = loading(one);
        assertThat(loading.path("endpoint").asString()).isEqualTo("endpoint");
        assertThat(loading.path("model_source").asString()).isEqualTo("hub");
        assertThat(loading.path("input_size").asString()).isEqualTo("10");
        assertThat(loading.path("age_sec").asInt()).isBetween(0, 60);
        assertThat(loading.has("url")).isTrue();
        assertThat(loading.path("url").isNull()).isTrue();

        report(one, "uptime_sec", 5);

        assertThat(loading(one).isMissingNode()).isTrue();
        assertThat(endpoint().path("instances").asInt()).isEqualTo(1);
    }

    @Test
    void anEndpointSumsUpItsInstances() {
        report(one, "uptime_sec", 100, "requests_num", 10, "requests_min", 1.5, "latency_ms", 10);
        report(two, "uptime_sec", 50, "requests_num", 5, "requests_min", 0.25, "latency_ms", 15);

        var endpoint = endpoint();
        assertThat(endpoint.path("endpoint").asString()).isEqualTo("endpoint");
        assertThat(endpoint.path("model").asString()).isEqualTo("model");
        assertThat(endpoint.path("instances").asInt()).isEqualTo(2);
        assertThat(endpoint.path("uptime_sec").asInt()).isEqualTo(100);
        assertThat(endpoint.path("requests").asInt()).isEqualTo(15);
        assertThat(endpoint.path("requests_min").asDouble()).isEqualTo(0.88);
        assertThat(endpoint.path("latency_ms").asInt()).isEqualTo(12);
        assertThat(endpoint.path("last_update").asString()).isNotBlank();
    }

    @Test
    void detailsTellOfEachInstance() {
        var reference = List.of(Map.of("type", "task", "value", "some task"));
        report(one, "uptime_sec", 100, "reference", reference, "machine_stats", machine(30, 50));
        report(two, "requests_num", 7);

        var details =
                call("get_endpoint_details", Map.of("endpoint_url", url)).ok().data();

        assertThat(details.path("url").asString()).isEqualTo(url);
        assertThat(details.path("uptime_sec").asInt()).isEqualTo(100);
        var first = details.path("instances").path(0);
        assertThat(first.path("id").asString()).isEqualTo(one);
        assertThat(first.path("cpu_count").asInt()).isEqualTo(2);
        assertThat(first.path("gpu_count").asInt()).isZero();
        assertThat(first.path("reference").path(0).path("type").asString()).isEqualTo("task");
        var second = details.path("instances").path(1);
        assertThat(second.path("id").asString()).isEqualTo(two);
        assertThat(second.path("requests").asInt()).isEqualTo(7);
        assertThat(second.path("reference").isArray()).isTrue();
        assertThat(second.path("reference")).isEmpty();
    }

    @Test
    void whatHasMovedOrEndedServesNoLonger() {
        report(one);
        call("container_status_report", container(one, "endpoint_url", url + "/elsewhere"))
                .ok();
        call("get_endpoint_details", Map.of("endpoint_url", url)).fails("400/1052");
        call("get_endpoint_details", Map.of("endpoint_url", url + "/elsewhere")).ok();

        call("unregister_container", Map.of("container_id", one)).ok();

        call("get_endpoint_details", Map.of("endpoint_url", url + "/elsewhere")).fails("400/1052");
        assertThat(endpoint().isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "requests, Number of Requests, 10, 5, 15",
        "latency_ms, Average Latency (ms), 20, 40, 30",
        "cpu_util, Average CPU Load (%), 40, 60, 50",
        "cpu_count, CPU Count, 2, 2, 4",
        "ram_total, RAM Total (GB), 3, 3, 6",
    })
    void chartsAreOfAllInstancesAndOfEach(String type, String title, double first, double second, double total) {
        report(one, "requests_num", 10, "latency_ms", 20, "machine_stats", machine(30, 50));
        report(two, "requests_num", 5, "latency_ms", 40, "machine_stats", machine(50, 70));

        var history = history("metric_type", type);

        assertThat(history.path("computed_interval").asInt()).isEqualTo(40);
        assertThat(history.at("/total/title").asString()).isEqualTo(title);
        assertThat(greatest(history.path("total"))).isEqualTo(total);
        assertThat(history.path("instances").propertyNames()).containsExactlyInAnyOrder(one, two);
        assertThat(greatest(history.path("instances").path(one))).isEqualTo(first);
        assertThat(greatest(history.path("instances").path(two))).isEqualTo(second);
        assertThat(history.path("instances").path(one).path("dates"))
                .isEqualTo(history.path("total").path("dates"));
    }

    @Test
    void chartsOfInstancesMayBeLeftOut() {
        report(one, "requests_num", 10);

        var history = history("instance_charts", false);

        assertThat(greatest(history.path("total"))).isEqualTo(10);
        assertThat(history.path("instances")).isEmpty();
    }

    @Test
    void whatNeverReportedHasAnEmptyChart() {
        var history = history();

        assertThat(history.at("/total/dates")).isEmpty();
        assertThat(history.at("/total/values")).isEmpty();
        assertThat(history.path("instances")).isEmpty();
    }

    @Test
    void whatIsMissingOrWrongIsRefused() {
        call("register_container", Map.of("container_id", one)).fails("400/12");
        call("register_container", container(one, "timeout", 0)).fails("400/12");
        call("container_status_report", container(one)).fails("400/12");
        call("get_endpoint_details", Map.of("endpoint_url", url)).fails("400/1052");
        call("get_endpoint_metrics_history", range(100, 100)).fails("400/16");
        var wrong = new HashMap<>(range(100, 200));
        wrong.put("metric_type", "nonsense");
        call("get_endpoint_metrics_history", wrong).fails("400/12");
    }

    @Test
    void aContainerOfWhichNothingIsHeardIsGone() throws InterruptedException {
        call("register_container", container(one, "endpoint_url", url, "timeout", 1))
                .ok();
        assertThat(endpoint().path("instances").asInt()).isEqualTo(1);

        Thread.sleep(1_500);

        assertThat(endpoint().isMissingNode()).isTrue();
        call("get_endpoint_details", Map.of("endpoint_url", url)).fails("400/1052");
    }

    private static Map<String, Object> machine(double... cpuUsage) {
        return Map.of("cpu_usage", cpuUsage, "memory_free", 1024, "memory_used", 2048);
    }

    private static double greatest(JsonNode series) {
        return series.path("values")
                .valueStream()
                .mapToDouble(JsonNode::asDouble)
                .max()
                .orElse(-1);
    }

    private Map<String, Object> range(long from, long to) {
        return Map.of("endpoint_url", url, "from_date", from, "to_date", to, "interval", 1);
    }

    private JsonNode history(@Nullable Object... members) {
        var now = System.currentTimeMillis() / 1000;
        var body = new HashMap<String, @Nullable Object>(range(now - 100, now + 100));
        put(body, members);
        return call("get_endpoint_metrics_history", body).ok().data();
    }

    private JsonNode endpoint() {
        return find(call("get_endpoints", Map.of()).ok().data().path("endpoints"), "url", url);
    }

    private JsonNode loading(String id) {
        return find(call("get_loading_instances", Map.of()).ok().data().path("instances"), "id", id);
    }

    private static JsonNode find(JsonNode list, String member, String value) {
        return list.valueStream()
                .filter(item -> item.path(member).asString("").equals(value))
                .findFirst()
                .orElse(list.path("none"));
    }

    private void report(String container, @Nullable Object... members) {
        var body = container(container, members);
        body.put("endpoint_url", url);
        call("container_status_report", body).ok();
    }

    private static Map<String, @Nullable Object> container(String id, @Nullable Object... members) {
        var body = new HashMap<String, @Nullable Object>(
                Map.of("container_id", id, "endpoint_name", "endpoint", "model_name", "model"));
        put(body, members);
        return body;
    }

    private static void put(Map<String, @Nullable Object> body, @Nullable Object... members) {
        for (int i = 0; i < members.length; i += 2) {
            body.put(String.valueOf(members[i]), members[i + 1]);
        }
    }

    private Answer call(String endpoint, Map<String, ? extends @Nullable Object> body) {
        return api.call("serving." + endpoint, body);
    }
}
