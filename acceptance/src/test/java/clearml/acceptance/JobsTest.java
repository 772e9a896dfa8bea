package clearml.acceptance;

import static clearml.acceptance.Waiting.pause;
import static clearml.acceptance.Waiting.within;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a server does by itself, with short intervals. Most of these tests wait, so they do that together. */
class JobsTest {

    private static final int EVENTS = 6_000;

    private static final FakeS3 S3 = new FakeS3();
    /** Who kills the server needs it alone. */
    private static final String SERVER = "the server of JobsTest";

    /** Beside the others. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = SERVER, mode = ResourceAccessMode.READ)
    private @interface Together {}

    private static StandaloneServer server;
    private static Api api;

    @BeforeAll
    static void start() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("CLEARML__SERVICES__JOBS__LEASE_SEC", "2");
        settings.put("CLEARML__SERVICES__TASKS__NON_RESPONSIVE_TASKS_WATCHDOG__THRESHOLD_SEC", "8");
        settings.put("CLEARML__SERVICES__TASKS__NON_RESPONSIVE_TASKS_WATCHDOG__WATCH_INTERVAL_SEC", "1");
        settings.put("CLEARML__SERVICES__TASKS__ASYNC_EVENTS_DELETE_THRESHOLD", "100");
        settings.put("CLEARML__SERVICES__QUEUES__METRICS_REFRESH_INTERVAL_SEC", "1");
        settings.put("CLEARML__SERVICES__WORKERS__CLEANUP_INTERVAL_SEC", "1");
        settings.put("CLEARML__SERVICES__EVENTS__MAX_ASYNC_DELETED_EVENTS_PER_SEC", "2500");
        settings.put(
                "CLEARML__SERVICES__STORAGE_CREDENTIALS__AWS__S3__CREDENTIALS",
                "[{host: \"" + S3.host() + "\", key: \"key\", secret: \"secret\", secure: false}]");
        server = StandaloneServer.start("jobs", settings);
        api = Api.at(server.server().api()).login(ShippedDefaults.USER);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        S3.close();
    }

    @Test
    @Together
    void onlyTasksThatGiveNoSignOfLifeAreStopped() {
        var signs = new HashMap<String, String>();
        signs.put(running(), "tasks.ping {'task':'%s'}");
        signs.put(running(), "events.add {'task':'%s','type':'log','msg':'still uploading'}");
        signs.put(
                running(),
                "events.add {'task':'%s','type':'training_stats_scalar','iter':0,'metric':':monitor:gpu','variant':'v','value':1}");
        signs.put(
                running(),
                "events.add {'task':'%s','type':'plot','iter':0,'metric':'m','variant':'v','plot_str':'{}'}");
        signs.put(
                running(),
                "events.add {'task':'%s','type':'training_debug_image','iter':0,'metric':'m','variant':'v','url':'http://x/y'}");
        signs.put(
                running(),
                "events.add {'task':'%s','type':'training_stats_vector','iter':0,'metric':'m','variant':'v','values':[1]}");
        signs.put(running(), "tasks.edit_runtime {'task':'%s','add_or_update':{'a':'b'}}");
        var silent = running();

        // It is the youngest: the others have been silent for longer if these were no signs.
        within(60, () -> {
            signs.forEach(JobsTest::give);
            return status(silent).equals("stopped");
        });

        assertThat(task(silent).path("status_reason").asString()).isEqualTo("Forced stop (non-responsive)");
        assertThat(task(silent).path("status_message").asString()).isEqualTo("Forced stop (non-responsive)");
        assertThat(signs.entrySet())
                .allSatisfy(sign ->
                        assertThat(status(sign.getKey())).as(sign.getValue()).isEqualTo("in_progress"));
    }

    private static void give(String task, String sign) {
        var call = sign.split(" ", 2);
        api.call(call[0], call[1].replace('\'', '"').formatted(task)).ok();
    }

    @Test
    @ResourceLock(SERVER)
    void eventsThatAreDeletedInTheBackgroundGoEvenIfTheServerIsKilledMeanwhile() {
        var task = create();
        add(task, 0);
        assertThat(stored(task)).isEqualTo(EVENTS);

        api.call("tasks.delete_many", Map.of("ids", List.of(task), "force", true))
                .ok();
        within(20, () -> stored(task) < EVENTS);
        server.kill();
        server.start();

        assertThat(stored(task)).as("what was left when the server was killed").isPositive();
        within(30, () -> stored(task) == 0);
    }

    @Test
    @Together
    void eventsOfTheNextRunStayWhenThoseOfTheLastAreDeletedInTheBackground() {
        var task = create();
        add(task, 0);

        api.call("tasks.reset_many", Map.of("ids", List.of(task), "force", true))
                .ok();
        // Half of these have the ids of former events.
        add(task, EVENTS / 2);

        within(30, () -> stored(task) == EVENTS);
        within(30, () -> stable(() -> stored(task)));
        assertThat(stored(task)).isEqualTo(EVENTS);
    }

    @Test
    @Together
    void filesOfADeletedTaskGoFromTheFileServer() {
        var files = Api.at(server.server().files()).bearer(api.token());
        var name = "/acceptance/a file+1 " + UUID.randomUUID();
        var path = URLEncoder.encode(name, UTF_8).replace("+", "%20").replace("%2F", "/");
        files.request("/")
                .body(
                        "multipart/form-data; boundary=b",
                        "--b\r\nContent-Disposition: form-data; name=\"" + name
                                + "\"; filename=\"f\"\r\n\r\ncontent\r\n--b--\r\n")
                .send();
        assertThat(files.request(path).method("GET").send().text()).isEqualTo("content");
        var task = create();
        var artifact =
                Map.of("key", "a", "type", "custom", "uri", server.server().files() + path);
        api.call("tasks.add_or_update_artifacts", Map.of("task", task, "artifacts", List.of(artifact)))
                .ok();

        api.call("tasks.delete", Map.of("task", task, "delete_external_artifacts", true))
                .ok();

        within(30, () -> files.request(path).method("GET").send().status() == 404);
    }

    @Test
    @Together
    void filesOfADeletedTaskGoFromS3() {
        S3.objects.add("bucket/p/a file+1%20.pkl");
        S3.objects.add("bucket/p/other");
        var task = create();
        var artifacts = List.of(
                Map.of("key", "a", "type", "custom", "uri", "s3://" + S3.host() + "/bucket/p/a file+1%20.pkl"),
                Map.of("key", "b", "type", "custom", "uri", "s3://nobodys/p/b"));
        api.call("tasks.add_or_update_artifacts", Map.of("task", task, "artifacts", artifacts))
                .ok();

        api.call("tasks.delete", Map.of("task", task, "delete_external_artifacts", true))
                .ok();

        within(60, () -> !S3.objects.contains("bucket/p/a file+1%20.pkl"));
        assertThat(S3.objects).containsExactly("bucket/p/other");
    }

    @Test
    @Together
    void aQueueInWhichNothingHappensIsMeasuredAllTheSame() {
        var queue = api.call("queues.create", Map.of("name", "jobs " + UUID.randomUUID()))
                .ok()
                .data()
                .path("id")
                .asString();
        api.call("tasks.enqueue", Map.of("task", create(), "queue", queue)).ok();
        var key = "queue_metrics_" + queue;
        try (var redis = new RawRedis(server)) {
            within(60, () -> redis.get(key).contains(queue));
            redis.set(key, "no JSON");

            within(60, () -> measured(queue, "dates").size() > 2);
            assertThat(measured(queue, "queue_lengths")).containsOnly(1.0);
            assertThat(measured(queue, "avg_waiting_times")).isSorted();
            assertThat(redis.get(key)).contains("\"queue_length\":1");
        }
    }

    private static List<Double> measured(String queue, String what) {
        long now = System.currentTimeMillis() / 1000;
        return api.call(
                        "queues.get_queue_metrics",
                        Map.of("queue_ids", List.of(queue), "from_date", now - 100, "to_date", now, "interval", 1))
                .ok()
                .data()
                .at("/queues/0/" + what)
                .valueStream()
                .map(JsonNode::asDouble)
                .toList();
    }

    @Test
    @Together
    void whatIsLeftOfWorkersThatAreGoneIsRemovedAndNothingElse() {
        var tag = "jobs " + UUID.randomUUID();
        worker("jobs gone", Map.of("timeout", 1, "tags", List.of(tag + " gone"), "system_tags", List.of(tag)));
        worker("jobs there", Map.of("timeout", 600, "tags", List.of(tag + " there")));
        var all = "workers_" + ShippedDefaults.COMPANY;
        var now = System.currentTimeMillis() / 1000.0;
        try (var redis = new RawRedis(server)) {
            redis.add(all, now - Duration.ofDays(2).toSeconds(), "worker_long gone");
            // Which is not long ago, as the clocks of servers may differ.
            redis.add(all, now - Duration.ofHours(2).toSeconds(), "worker_just gone");

            within(
                    60,
                    () -> redis.members("workers.tags_" + ShippedDefaults.COMPANY + "_" + tag + " gone")
                                    .isEmpty()
                            && redis.members("workers.systemtags_" + ShippedDefaults.COMPANY + "_" + tag)
                                    .isEmpty()
                            && !redis.members(all).contains("worker_long gone"));
            assertThat(redis.members(all)).contains("worker_just gone");
            assertThat(redis.members("workers.tags_" + ShippedDefaults.COMPANY + "_" + tag + " there"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0000\u00ff\u00fe",
                "null",
                "[1]",
                "{}",
                "{\"id\":\"cut off",
                "{\"id\":\"bad\",\"register_time\":\"yesterday\",\"register_timeout\":600,\"last_activity_time\":\"12:00\"}",
                "{\"id\":7,\"register_time\":0,\"last_activity_time\":[],\"queues\":{},\"tags\":\"x\",\"task\":true}"
            })
    @Together
    void anEntryThatIsNoWorkerHidesNoOtherAndIsReplacedByTheNextReport(String garbage) {
        var bad = "bad " + UUID.randomUUID();
        var good = "good " + UUID.randomUUID();
        var key = worker(bad, Map.of());
        worker(good, Map.of());
        try (var redis = new RawRedis(server)) {
            redis.set(key, garbage);

            assertThat(workers()).contains(good).doesNotContain(bad);
            api.call("workers.get_count", Map.of("last_seen", 60)).ok();
            api.call("queues.get_all_ex").ok();
            api.call("workers.status_report", Map.of("worker", bad, "timestamp", System.currentTimeMillis()))
                    .ok();
            assertThat(workers()).contains(good, bad);
        }
    }

    /** Registers a worker; the key of its entry. */
    private static String worker(String id, Map<String, ?> more) {
        Map<String, Object> request = new HashMap<>(more);
        request.put("worker", id);
        api.call("workers.register", request).ok();
        return "worker_" + ShippedDefaults.COMPANY + "_" + user() + "_" + id;
    }

    private static String user() {
        return api.call("users.get_current_user").ok().data().at("/user/id").asString();
    }

    private static List<String> workers() {
        return api.call("workers.get_all", Map.of())
                .ok()
                .data()
                .path("workers")
                .valueStream()
                .map(worker -> worker.path("id").asString())
                .toList();
    }

    @Test
    @Together
    void jobsAreMeasured() {
        within(
                60,
                () -> List.of("tasks-watchdog", "event-deletion", "queue-metrics", "expired-workers").stream()
                        .allMatch(job -> metrics().contains("clearml_jobs_last_ok{job=\"" + job + "\"} 1.0")));

        assertThat(metrics())
                .contains("clearml_jobs_seconds_count{job=\"tasks-watchdog\",result=\"done\"}")
                .contains("clearml_jobs_last_start_seconds{job=\"event-deletion\"}")
                .contains("clearml_jobs_last_duration_seconds{job=\"event-deletion\"}")
                .contains("clearml_jobs_last_done{job=\"queue-metrics\"}")
                .contains("clearml_jobs_last_done{job=\"expired-workers\"}");
    }

    private static String metrics() {
        return Api.at(server.server().api())
                .request("/actuator/prometheus")
                .method("GET")
                .send()
                .text();
    }

    private static String create() {
        return api.call("tasks.create", Map.of("name", "acceptance task", "type", "training"))
                .ok()
                .data()
                .path("id")
                .asString();
    }

    private static String running() {
        var task = create();
        api.call("tasks.started", Map.of("task", task)).ok();
        return task;
    }

    private static JsonNode task(String id) {
        return api.call("tasks.get_by_id", Map.of("task", id)).ok().data().path("task");
    }

    private static String status(String id) {
        return task(id).path("status").asString();
    }

    /** Adds {@link #EVENTS} scalars from an iteration on. */
    private static void add(String task, int from) {
        var lines = IntStream.range(from, from + EVENTS)
                .mapToObj(iteration -> "{\"type\":\"training_stats_scalar\",\"task\":\"" + task + "\",\"iter\":"
                        + iteration + ",\"metric\":\"m\",\"variant\":\"v\",\"value\":1}")
                .collect(Collectors.joining("\n"));
        api.request("/events.add_batch")
                .body("application/json-lines", lines)
                .send()
                .ok();
    }

    /** How many events of a task are in Elasticsearch. */
    private static long stored(String task) {
        var elastic = Api.at(URI.create("http://127.0.0.1:" + server.store("port: (\\d+), scheme: http")));
        elastic.request("/_refresh").send();
        return elastic.call("events-*/_count", Map.of("query", Map.of("term", Map.of("task", task))))
                .json()
                .path("count")
                .asLong();
    }

    private static boolean stable(LongSupplier value) {
        var before = value.getAsLong();
        pause(2_000);
        return value.getAsLong() == before;
    }
}
