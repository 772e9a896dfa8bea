package clearml.acceptance;

import static java.math.BigDecimal.valueOf;
import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WorkersTest {

    private final Api api = Api.user();
    private final String name = "acceptance " + UUID.randomUUID();
    private final String worker = UUID.randomUUID() + ":gpu0";
    private final List<String> registered = new ArrayList<>();

    @AfterEach
    void unregister() {
        registered.forEach(id -> api.call("workers.unregister", Map.of("worker", id)));
    }

    @Test
    void aRegisteredWorkerIsListedWithItsQueues() {
        var queue = queue(Map.of("name", name, "display_name", "Shown"));
        register(worker, Map.of("queues", List.of(queue), "tags", List.of("b", "a"), "system_tags", List.of("s")));

        JsonNode listed = listed(worker);
        assertThatJson(listed.path("queues").toString())
                .isEqualTo("[{\"id\":\"" + queue + "\",\"name\":\"" + name
                        + "\",\"display_name\":\"Shown\",\"num_tasks\":0}]");
        assertThatJson(listed.path("tags").toString()).isEqualTo("[\"b\",\"a\"]");
        assertThatJson(listed.path("system_tags").toString()).isEqualTo("[\"s\"]");
        assertThatJson(listed.path("company").toString())
                .isEqualTo("{\"id\":\"" + ShippedDefaults.COMPANY + "\",\"name\":\"${json-unit.any-string}\"}");
        assertThat(listed.path("key").asString())
                .isEqualTo("worker_" + ShippedDefaults.COMPANY + "_"
                        + listed.path("user").path("id").asString() + "_" + worker);
        assertThat(listed.path("register_timeout").asInt()).isEqualTo(600);
        for (var time : List.of("register_time", "last_activity_time")) {
            assertThat(listed.path(time).asString()).endsWith("+00:00");
            assertThat(OffsetDateTime.parse(listed.path(time).asString()).toInstant())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
        }
        assertThat(listed.has("task")).isFalse();
        assertThat(listed.has("queue")).isFalse();
        assertThat(listed.has("last_report_time")).isFalse();
    }

    @Test
    void registeringTellsWhatIsWrong() {
        api.call("workers.register", "{}").fails("400/12");
        api.call("workers.register", Map.of("worker", worker, "queues", List.of("unknown")))
                .fails("400/701");
        api.call("workers.register", Map.of("worker", worker, "timeout", -1)).fails("400/1002");
        api.call("workers.register", Map.of("worker", worker, "queues", "unknown"))
                .fails("400/12");
        api.call("v2.3/workers.register", Map.of("worker", worker)).fails("404/0");
        assertThat(found(worker)).isEmpty();
    }

    @Test
    void anUnregisteredWorkerIsGoneAtOnceAndMayBeUnregisteredAgain() {
        register(worker, Map.of("tags", List.of(name)));

        assertThatJson(api.call("workers.unregister", Map.of("worker", worker))
                        .ok()
                        .data()
                        .toString())
                .isEqualTo("{}");

        assertThat(found(worker)).isEmpty();
        assertThat(count(Map.of("tags", List.of(name)))).isZero();
        api.call("workers.unregister", Map.of("worker", worker)).ok();
    }

    @Test
    void aWorkerIsForgottenWhenItIsSilentForItsTime() throws InterruptedException {
        register(worker, Map.of("timeout", 2));
        assertThat(found(worker)).hasSize(1);

        Thread.sleep(2500);

        assertThat(found(worker)).isEmpty();
    }

    @Test
    void aReportOfAnUnknownWorkerRegistersIt() {
        report(worker, Map.of());

        assertThat(listed(worker).path("register_timeout").asInt()).isEqualTo(600);
        assertThat(listed(worker).path("ip").asString()).isNotEmpty();
        assertThat(listed(worker).path("last_report_time").asString()).endsWith("+00:00");
    }

    @Test
    void aReportTellsWhatTheWorkerIsAtAndTheTaskWhoIsAtIt() {
        var queue = queue(Map.of("name", name));
        var project = api.call("projects.create", Map.of("name", name))
                .ok()
                .data()
                .path("id")
                .asString();
        var task = task(project);
        var next = task(project);
        api.call("tasks.enqueue", Map.of("task", next, "queue", queue)).ok();
        register(worker, Map.of("queues", List.of(queue)));

        report(worker, Map.of("task", task, "queue", queue));

        JsonNode listed = listed(worker);
        assertThatJson(listed.path("task").toString())
                .isEqualTo(
                        "{\"id\":\"" + task + "\",\"name\":\"" + name + "\",\"running_time\":0,\"last_iteration\":0}");
        assertThatJson(listed.path("project").toString())
                .isEqualTo("{\"id\":\"" + project + "\",\"name\":\"" + name + "\"}");
        assertThatJson(listed.path("queue").toString())
                .isEqualTo("{\"id\":\"" + queue + "\",\"name\":\"" + name
                        + "\",\"num_tasks\":1,\"next_task\":{\"id\":\"" + next + "\",\"name\":\"" + name + "\"}}");
        JsonNode reported =
                api.call("tasks.get_by_id", Map.of("task", task)).ok().data().path("task");
        assertThat(reported.path("last_worker").asString()).isEqualTo(worker);
        assertThat(reported.path("last_worker_report").asString()).isNotEmpty();
        assertThat(reported.path("status").asString()).isEqualTo("created");

        report(worker, Map.of());

        assertThat(listed(worker).has("task")).isFalse();
        assertThat(listed(worker).has("project")).isFalse();
        assertThat(listed(worker).path("queues").path(0).path("id").asString()).isEqualTo(queue);
    }

    @Test
    void aReportReplacesTagsAndQueuesOnlyByOthers() {
        var queue = queue(Map.of("name", name));
        register(worker, Map.of("queues", List.of(queue), "tags", List.of("a"), "system_tags", List.of("s")));

        report(worker, Map.of("queues", List.of()));

        assertThatJson(listed(worker).path("tags").toString()).isEqualTo("[]");
        assertThatJson(listed(worker).path("system_tags").toString()).isEqualTo("[]");
        assertThat(listed(worker).path("queues").path(0).path("id").asString()).isEqualTo(queue);
    }

    @Test
    void aReportWithAnUnknownTaskFailsAndIsALifeSignAllTheSame() {
        register(worker, Map.of());

        api.call("workers.status_report", Map.of("worker", worker, "timestamp", now(), "task", "unknown"))
                .fails("400/101");

        assertThat(listed(worker).has("last_report_time")).isTrue();
        assertThat(listed(worker).has("task")).isFalse();
    }

    @Test
    void aReportTellsWhatIsWrong() {
        api.call("workers.status_report", Map.of("worker", worker)).fails("400/12");
        api.call("workers.status_report", Map.of("timestamp", now())).fails("400/12");
        api.call(
                        "workers.status_report",
                        Map.of(
                                "worker",
                                worker,
                                "timestamp",
                                now(),
                                "machine_stats",
                                Map.of("cpu_usage", List.of("much"))))
                .fails("400/12");
    }

    @Test
    void whatNewerAgentsSendIsIgnored() {
        report(
                worker,
                Map.of(
                        "is_daemon",
                        true,
                        "machine_stats",
                        Map.of("gpu_fraction", List.of(1), "cpu_usage", List.of(1))));

        assertThat(found(worker)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-05-01",
                "12:00:00",
                "2026-11-21T05:40:24",
                "a_b_c",
                "machine:service:0123456789abcdef",
                "a b\nc",
                "*",
                "[x]",
                "ü\"\\",
                "{}"
            })
    void anyTextIsTheIdOfAWorkerAndHidesNoOther(String id) {
        register(worker, Map.of());
        register(id, Map.of("tags", List.of(id)));
        report(id, Map.of("tags", List.of(id)));

        assertThat(listed(id).path("tags").path(0).asString()).isEqualTo(id);
        assertThat(found(worker)).hasSize(1);
        api.call("queues.get_all_ex").ok();
        api.call("workers.unregister", Map.of("worker", id)).ok();
        assertThat(found(id)).isEmpty();
    }

    @Test
    void whatHappensToAWorkerThroughAnotherServerCounts() {
        var other = Api.at(Server.second()).bearer(api.token());
        var queue = queue(Map.of("name", name));
        report(worker, Map.of("tags", List.of("a")));
        other.call("workers.register", Map.of("worker", worker, "timeout", 500, "queues", List.of(queue)))
                .ok();
        report(worker, Map.of("tags", List.of("b")));

        assertThat(listed(worker).path("register_timeout").asInt()).isEqualTo(500);
        assertThat(listed(worker).at("/queues/0/id").asString()).isEqualTo(queue);
        assertThat(listed(worker).at("/tags/0").asString()).isEqualTo("b");

        other.call("workers.unregister", Map.of("worker", worker)).ok();
        assertThat(found(worker)).isEmpty();
        report(worker, Map.of());
        assertThat(listed(worker).path("register_timeout").asInt()).isEqualTo(600);
        assertThat(listed(worker).path("queues").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-26, -5, 5, 26})
    void theClockOfAWorkerMayBeOffByHours(long hours) {
        long there = now() + Duration.ofHours(hours).toMillis();
        report(worker, Map.of("timestamp", there, "machine_stats", Map.of("cpu_usage", List.of(50))));

        assertThat(ids(Map.of("last_seen", 60))).contains(worker);
        for (var time : List.of("last_activity_time", "last_report_time")) {
            assertThat(OffsetDateTime.parse(listed(worker).path(time).asString())
                            .toInstant())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
        }
        Map<String, Object> request =
                new HashMap<>(Map.of("from_date", there / 1000 - 400, "to_date", there / 1000 + 400));
        request.put("interval", 40);
        request.put("worker_ids", List.of(worker));
        request.put("items", List.of(Map.of("key", "cpu_usage")));
        assertThat(api.call("workers.get_stats", request)
                        .ok()
                        .data()
                        .at("/workers/0/metrics/0/stats/0/values")
                        .valueStream()
                        .map(JsonNode::asDouble))
                .containsOnlyOnce(50.0);
    }

    @Test
    void tagsSelectAnyOfThemAndExcludeOthers() {
        var other = worker + "-2";
        register(worker, Map.of("tags", List.of(name, "x"), "system_tags", List.of(name)));
        register(other, Map.of("tags", List.of(name)));

        assertThat(ids(Map.of("tags", List.of(name)))).containsExactlyInAnyOrder(worker, other);
        assertThat(ids(Map.of("tags", List.of("unknown" + name, name)))).containsExactlyInAnyOrder(worker, other);
        assertThat(ids(Map.of("tags", List.of(name, "-x")))).containsExactly(other);
        assertThat(ids(Map.of("tags", List.of("-x")))).contains(other).doesNotContain(worker);
        assertThat(ids(Map.of("tags", List.of(name), "system_tags", List.of(name))))
                .containsExactly(worker);
        assertThat(ids(Map.of("tags", List.of(name), "system_tags", List.of("-" + name))))
                .containsExactly(other);
        assertThat(count(Map.of("system_tags", List.of(name)))).isEqualTo(1);
        assertThat(count(Map.of("system_tags", List.of(name), "last_seen", 600)))
                .isEqualTo(1);
    }

    @Test
    void patternsSelectByTheId() {
        var other = worker.replace("gpu0", "gpu1");
        register(worker, Map.of("tags", List.of(name)));
        register(other, Map.of());
        var machine = worker.substring(0, worker.indexOf(':'));

        assertThat(ids(Map.of("worker_pattern", machine + ":gpu*"))).containsExactlyInAnyOrder(worker, other);
        assertThat(ids(Map.of("worker_pattern", machine + ":gpu1"))).containsExactly(other);
        assertThat(ids(Map.of("worker_pattern", machine))).isEmpty();
        assertThat(ids(Map.of("worker_pattern", machine + "*", "tags", List.of(name))))
                .containsExactly(worker);
        assertThat(count(Map.of("worker_pattern", machine + ":gpu?"))).isEqualTo(2);
    }

    @Test
    void onlyThoseHeardOfLatelyAreSeen() throws InterruptedException {
        register(worker, Map.of("tags", List.of(name)));

        Thread.sleep(1200);

        assertThat(ids(Map.of("last_seen", 1, "tags", List.of(name)))).isEmpty();
        assertThat(ids(Map.of("last_seen", 60, "tags", List.of(name)))).containsExactly(worker);
        assertThat(ids(Map.of("last_seen", 0, "tags", List.of(name)))).containsExactly(worker);
        assertThat(count(Map.of("last_seen", 1, "tags", List.of(name)))).isZero();
        assertThat(count(Map.of("tags", List.of(name)))).isEqualTo(1);
    }

    @Test
    void tenThousandTagsAreTagsLikeAnyOther() {
        List<String> tags = IntStream.range(0, 10_000).mapToObj(i -> name + i).toList();
        register(worker, Map.of("tags", tags));

        assertThat(ids(Map.of("tags", List.of(name + 9_999)))).containsExactly(worker);
        assertThat(listed(worker).path("tags").size()).isEqualTo(10_000);

        report(worker, Map.of("tags", tags.subList(1, 10_000)));
        assertThat(listed(worker).path("tags").size()).isEqualTo(9_999);
        assertThat(ids(Map.of("tags", List.of("-" + name + 1)))).doesNotContain(worker);
    }

    @Test
    void aDeletedQueueIsAnIdOnly() {
        var queue = queue(Map.of("name", name));
        register(worker, Map.of("queues", List.of(queue)));
        api.call("queues.delete", Map.of("queue", queue)).ok();

        assertThatJson(listed(worker).path("queues").toString()).isEqualTo("[{\"id\":\"" + queue + "\"}]");
    }

    @Test
    void queuesShowTheirWorkersAndTheirTasks() {
        var queue = queue(Map.of("name", name));
        var task = task(null);
        register(worker, Map.of("queues", List.of(queue), "resources", Map.of("cpu_usage", 1.5)));
        report(worker, Map.of("task", task));

        JsonNode row = api.call("queues.get_all_ex", Map.of("id", List.of(queue)))
                .ok()
                .data()
                .path("queues")
                .path(0);

        assertThatJson(row.path("workers").toString())
                .isEqualTo("[{\"name\":\"" + worker + "\",\"ip\":\"${json-unit.any-string}\",\"key\":\""
                        + listed(worker).path("key").asString() + "\",\"task\":{\"id\":\"" + task + "\",\"name\":\""
                        + name + "\"}}]");
        assertThat(row.path("resources").path("cpu_usage").asDouble()).isEqualTo(1.5);
        assertThat(api.call("tasks.enqueue", Map.of("task", task, "queue", queue, "verify_watched_queue", true))
                        .ok()
                        .data()
                        .path("queue_watched")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void metricsOfMachinesAreGroupedByCategory() {
        report(worker, stats());

        var categories = api.call("workers.get_metric_keys", Map.of("worker_ids", List.of(worker)))
                .ok()
                .data();

        assertThatJson(categories.toString()).isEqualTo("""
                {"categories": [{"name": "cpu", "metric_keys": ["cpu_usage"]},
                                {"name": "gpu", "metric_keys": ["gpu_usage"]},
                                {"name": "memory", "metric_keys": ["memory_used"]}]}
                """);
        api.call("workers.get_metric_keys", Map.of("worker_ids", List.of("unknown")))
                .fails("400/1005");
    }

    @Test
    void statisticsAreSeriesOfEqualIntervals() {
        report(worker, stats());
        Map<String, Object> request = range();
        request.put("worker_ids", List.of(worker));
        request.put(
                "items",
                List.of(
                        Map.of("key", "cpu_usage"),
                        Map.of("key", "cpu_usage", "aggregation", "max"),
                        Map.of("key", "memory_used", "aggregation", "min")));

        JsonNode workers = api.call("workers.get_stats", request).ok().data().path("workers");

        assertThat(workers.size()).isEqualTo(1);
        assertThat(workers.path(0).path("worker").asString()).isEqualTo(worker);
        JsonNode cpu = workers.path(0).path("metrics").path(0);
        assertThat(cpu.path("metric").asString()).isEqualTo("cpu_usage");
        assertThat(cpu.path("stats").path(0).path("aggregation").asString()).isEqualTo("avg");
        assertThat(cpu.path("stats").path(1).path("aggregation").asString()).isEqualTo("max");
        JsonNode mean = cpu.path("stats").path(0);
        assertThat(mean.path("dates").size()).isBetween(10, 11);
        assertThat(mean.path("values").size()).isEqualTo(mean.path("dates").size());
        assertThat(mean.path("values").valueStream().map(JsonNode::asDouble))
                .containsOnlyOnce(15.0)
                .contains(0.0);
        assertThat(cpu.path("stats").path(1).path("values").valueStream().map(JsonNode::asDouble))
                .contains(20.0);
        assertThat(mean.path("dates").path(1).asLong()
                        - mean.path("dates").path(0).asLong())
                .isEqualTo(Duration.ofSeconds(40).toMillis());
        assertThatJson(mean.path("resource_series").toString()).isEqualTo("[]");
    }

    @Test
    void eachGpuIsASeriesWhenAskedFor() {
        report(worker, stats());
        Map<String, Object> request = range();
        request.put("worker_ids", List.of(worker));
        request.put("items", List.of(Map.of("key", "gpu_usage")));
        request.put("split_by_resource", true);

        JsonNode stats = api.call("workers.get_stats", request)
                .ok()
                .data()
                .path("workers")
                .path(0)
                .path("metrics")
                .path(0)
                .path("stats")
                .path(0);

        assertThat(stats.path("resource_series")
                        .valueStream()
                        .map(series -> series.path("name").asString()))
                .containsExactly("0", "1");
        assertThat(stats.path("resource_series")
                        .path(1)
                        .path("values")
                        .valueStream()
                        .map(JsonNode::asDouble))
                .hasSize(stats.path("dates").size())
                .contains(60.0);
    }

    @Test
    void unknownWorkersHaveNoStatistics() {
        Map<String, Object> request = range();
        request.put("worker_ids", List.of("unknown"));
        request.put("items", List.of(Map.of("key", "cpu_usage")));

        assertThatJson(api.call("workers.get_stats", request).ok().data().toString())
                .isEqualTo("{\"workers\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"60\"", "60.5", "true", "null"})
    void anIntervalIsAWholeNumber(String interval) {
        String range =
                "{\"from_date\":1700000000,\"to_date\":1700000100,\"items\":[{\"key\":\"cpu_usage\"}],\"interval\":";

        api.call("workers.get_stats", range + interval + "}").fails("400/12");
        api.call("workers.get_activity_report", range + interval + "}").fails("400/12");
        api.call("workers.get_stats", range + "60,\"split_by_resource\":\"true\"}")
                .fails("400/12");
        api.call("workers.get_stats", range + "60}").ok();
    }

    @Test
    void statisticsTellWhatIsWrong() {
        Map<String, Object> request = range();
        api.call("workers.get_stats", request).fails("400/12");
        request.put("items", List.of());
        api.call("workers.get_stats", request).fails("400/12");
        request.put("items", List.of(Map.of("key", "unknown")));
        api.call("workers.get_stats", request).fails("400/12");
        request.put("items", List.of(Map.of("key", "cpu_usage", "aggregation", "sum")));
        api.call("workers.get_stats", request).fails("400/12");
        request.put("items", List.of(Map.of("key", "cpu_usage")));
        request.put("to_date", request.get("from_date"));
        api.call("workers.get_stats", request).fails("400/16");
        request.put("from_date", 1e18);
        request.put("to_date", 1e18 + 1000);
        api.call("workers.get_stats", request).fails("400/16");
        request.remove("items");
        api.call("workers.get_activity_report", request).fails("400/16");
        request.remove("interval");
        api.call("workers.get_activity_report", request).fails("400/12");
    }

    @Test
    void theActivityReportCountsWorkersAndThoseWithATask() {
        report(worker, stats());
        Map<String, Object> busy = new HashMap<>(stats());
        busy.put("task", task(null));
        report(worker + "-busy", busy);

        JsonNode activity =
                api.call("workers.get_activity_report", range()).ok().data();

        for (var series : List.of("total", "active")) {
            assertThat(activity.path(series).path("dates").size()).isEqualTo(10);
            assertThat(activity.path(series).path("counts").size()).isEqualTo(10);
        }
        assertThat(sum(activity.path("total"))).isGreaterThan(sum(activity.path("active")));
        assertThat(sum(activity.path("active"))).isPositive();
    }

    @Test
    void runtimePropertiesAreKeptForTheirTime() throws InterruptedException {
        setProperties("{\"key\":\"force\",\"value\":\"on\"},{\"key\":\"soon\",\"value\":\"x\",\"expiry\":1}");
        setProperties("{\"key\":\"number\",\"value\":3}");
        Thread.sleep(1200);

        assertThatJson(properties())
                .isEqualTo("[{\"key\":\"force\",\"value\":\"on\",\"expiry\":null},"
                        + "{\"key\":\"number\",\"value\":\"3\",\"expiry\":null}]");
        setProperties("{\"key\":\"force\",\"value\":\"\",\"expiry\":0}");
        assertThatJson(properties()).isEqualTo("[{\"key\":\"number\",\"value\":\"3\",\"expiry\":null}]");
        assertThat(found(worker)).isEmpty();
    }

    @Test
    void aRuntimePropertySaysHowLongItStays() {
        setProperties("{\"key\":\"force\",\"value\":\"off\",\"expiry\":3600}");

        assertThatJson(properties()).inPath("$[0].expiry").asNumber().isBetween(valueOf(3000), valueOf(3600));
    }

    private void setProperties(String properties) {
        api.call(
                        "workers.set_runtime_properties",
                        "{\"worker\":\"" + worker + "\",\"runtime_properties\":[" + properties + "]}")
                .ok();
    }

    private String properties() {
        return api.call("workers.get_runtime_properties", Map.of("worker", worker))
                .ok()
                .data()
                .path("runtime_properties")
                .toString();
    }

    private void register(String id, Map<String, ?> more) {
        registered.add(id);
        Map<String, Object> request = new HashMap<>(more);
        request.put("worker", id);
        assertThatJson(api.call("workers.register", request).ok().data().toString())
                .isEqualTo("{}");
    }

    private void report(String id, Map<String, ?> more) {
        registered.add(id);
        Map<String, Object> request = new HashMap<>(more);
        request.put("worker", id);
        request.putIfAbsent("timestamp", now());
        assertThatJson(api.call("workers.status_report", request).ok().data().toString())
                .isEqualTo("{}");
    }

    /** A report of a while ago, so that the interval it is in is over. */
    private static Map<String, Object> stats() {
        return Map.of(
                "timestamp",
                now() - 120_000,
                "machine_stats",
                Map.of("cpu_usage", List.of(10, 20), "gpu_usage", List.of(40, 60), "memory_used", 100));
    }

    private static Map<String, Object> range() {
        long now = now() / 1000;
        return new HashMap<>(Map.of("from_date", now - 400, "to_date", now, "interval", 1));
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static int sum(JsonNode series) {
        return series.path("counts").valueStream().mapToInt(JsonNode::asInt).sum();
    }

    private String queue(Map<String, ?> request) {
        return api.call("queues.create", request).ok().data().path("id").asString();
    }

    private String task(String project) {
        Map<String, Object> request = new HashMap<>(Map.of("name", name, "type", "testing"));
        if (project != null) {
            request.put("project", project);
        }
        return api.call("tasks.create", request).ok().data().path("id").asString();
    }

    private List<JsonNode> all(Map<String, ?> request) {
        return api.call("workers.get_all", request)
                .ok()
                .data()
                .path("workers")
                .valueStream()
                .toList();
    }

    private List<String> ids(Map<String, ?> request) {
        return all(request).stream().map(found -> found.path("id").asString()).toList();
    }

    private List<JsonNode> found(String id) {
        return all(Map.of()).stream()
                .filter(found -> found.path("id").asString().equals(id))
                .toList();
    }

    private JsonNode listed(String id) {
        List<JsonNode> found = found(id);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private int count(Map<String, ?> request) {
        return api.call("workers.get_count", request).ok().data().path("count").asInt();
    }
}
