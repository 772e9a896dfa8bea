package clearml.acceptance;

import static clearml.acceptance.Waiting.pause;
import static clearml.acceptance.Waiting.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Two API servers on the same stores, with short intervals: no task is lost, none runs twice. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QueueRecoveryTest {

    private static final String ELASTICSEARCH = "-Des.networkaddress";
    private static final String REDIS = "redis-server";

    /** It is not started again there. */
    private static final int LAST = Integer.MAX_VALUE;

    private static StandaloneServer first;
    private static StandaloneServer second;
    private static Api api;
    private static Api other;

    private String queue;

    @BeforeAll
    static void start() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("CLEARML__SERVICES__JOBS__LEASE_SEC", "3");
        settings.put(
                "CLEARML__SERVICES__QUEUES__LEASES",
                "{ enabled: true, grace_sec: 5, check_interval_sec: 1, max_returns: 0 }");
        settings.put("CLEARML__SERVICES__TASKS__NON_RESPONSIVE_TASKS_WATCHDOG__THRESHOLD_SEC", "10");
        settings.put("CLEARML__SERVICES__TASKS__NON_RESPONSIVE_TASKS_WATCHDOG__WATCH_INTERVAL_SEC", "1");
        settings.put("CLEARML__APISERVER__ELASTIC__PROBING", "{ max_retries: 1, timeout: 2 }");
        first = StandaloneServer.start("recovery", settings);
        addStore(settings, "MONGODB", "mongodb://127.0.0.1:(\\d+)/");
        addStore(settings, "REDIS", "port: (\\d+) }");
        addStore(settings, "ELASTIC", "port: (\\d+), scheme");
        second = StandaloneServer.start("recovery-second", settings);
        api = Api.at(first.server().api()).login(ShippedDefaults.USER);
        other = Api.at(second.server().api()).bearer(api.token());
    }

    private static void addStore(Map<String, String> settings, String store, String port) {
        settings.put("CLEARML_" + store + "_SERVICE_HOST", "127.0.0.1");
        settings.put("CLEARML_" + store + "_SERVICE_PORT", first.store(port));
    }

    @AfterAll
    static void stop() {
        if (second != null) {
            second.close();
        }
        if (first != null) {
            first.close();
        }
    }

    @BeforeEach
    void createQueue() {
        queue = api.call("queues.create", Map.of("name", "acceptance " + UUID.randomUUID()))
                .ok()
                .data()
                .path("id")
                .asString();
    }

    @Test
    void aTaskThatWasHandedOutAndIsRunByNobodyComesBackToTheFront() {
        var abandoned = enqueued();
        var started = enqueued();
        var reported = enqueued();
        var waiting = enqueued();
        assertThat(List.of(next(api), next(other), next(api))).containsExactly(abandoned, started, reported);
        assertThat(pulled()).containsExactly(abandoned, started, reported);

        other.call("tasks.started", Map.of("task", started)).ok();
        var report = Map.of(
                "worker",
                "recovery",
                "timestamp",
                System.currentTimeMillis(),
                "queues",
                List.of(queue),
                "task",
                reported);
        api.call("workers.status_report", report).ok();

        assertThat(pulled()).containsExactly(abandoned, reported);
        within(15, () -> {
            other.call("tasks.ping", Map.of("task", started)).ok();
            return entries().equals(List.of(abandoned, waiting));
        });
        pause(3_000);
        assertThat(entries()).containsExactly(abandoned, waiting);
        assertThat(status(started)).isEqualTo("in_progress");
        assertThat(next(other)).isEqualTo(abandoned);
    }

    @Test
    void aRunningTaskIsNotHandedOut() {
        var running = enqueued();
        next(api);
        api.call("tasks.started", Map.of("task", running)).ok();
        // As the reference leaves it when a task is started that is in a queue.
        api.call("queues.add_task", Map.of("queue", queue, "task", running)).ok();
        var waiting = enqueued();

        assertThat(next(api)).isEqualTo(waiting);
        assertThat(next(api)).isEmpty();
    }

    @Test
    void aTaskThatHasRunSinceItCameIntoAQueueIsNotHandedOut() {
        var done = created();
        api.call("queues.add_task", Map.of("queue", queue, "task", done)).ok();
        api.call("tasks.started", Map.of("task", done)).ok();
        api.call("tasks.completed", Map.of("task", done)).ok();
        var waiting = enqueued();

        assertThat(next(other)).isEqualTo(waiting);
    }

    @Test
    void ofTwoWorkersThatGotATaskTheSlowerOneDoesNotRunItNorAfterTheOther() {
        var fast = api.worker("fast");
        var slow = other.worker("slow");
        var task = enqueued();
        assertThat(next(slow)).isEqualTo(task);
        api.call("tasks.enqueue", Map.of("task", task, "queue", queue)).ok();
        assertThat(next(fast)).isEqualTo(task);

        var started = Map.of("task", task, "force", true);
        fast.call("tasks.started", started).ok();
        slow.call("tasks.started", started).fails("400/121");
        fast.call("tasks.completed", Map.of("task", task)).ok();
        slow.call("tasks.started", started).fails("400/121");
        assertThat(status(task)).isEqualTo("completed");
        fast.call("tasks.started", started).ok();
    }

    @Test
    void aTaskThatIsEnqueuedAnewWhileAnAgentHasItIsNotBroughtBackAsWell() {
        var task = enqueued();
        next(api);
        api.call("tasks.dequeue", Map.of("task", task)).ok();
        api.call("tasks.enqueue", Map.of("task", task, "queue", queue)).ok();
        assertThat(next(api)).isEqualTo(task);
        api.call("tasks.dequeue", Map.of("task", task)).ok();

        within(10, () -> pulled().isEmpty());
        assertThat(entries()).isEmpty();
    }

    /** Made by hand, as this server notes it. */
    @Test
    void aTaskWhoseServerDiedBeforeItWasInItsQueueComesIntoIt() {
        var task = enqueued();
        var other = enqueued();
        try (var client = MongoClients.create(first.store("mongodb://[^/]+"))) {
            var unsettled =
                    new Document("task", task).append("added", new Date()).append("sets_queue", false);
            client.getDatabase("backend")
                    .getCollection("queue")
                    .updateOne(
                            Filters.eq("_id", queue),
                            Updates.combine(Updates.set("entries", List.of()), Updates.push("x_unsettled", unsettled)));
        }

        within(15, () -> entries().equals(List.of(task)));
        assertThat(next(api)).isEqualTo(task);
        assertThat(status(other)).isEqualTo("queued");
    }

    @Test
    @Order(LAST - 1)
    void withoutElasticsearchTasksAreHandedOutAsEver() {
        var tasks = IntStream.range(0, 20).mapToObj(number -> enqueued()).toList();
        assertThat(first.killChild(ELASTICSEARCH)).isTrue();
        assertThat(StandaloneServer.answers(elastic())).isFalse();

        var start = System.nanoTime();
        assertThat(tasks).allSatisfy(task -> assertThat(next(api)).isEqualTo(task));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ms(5_000));
    }

    private static URI elastic() {
        return URI.create("http://127.0.0.1:" + first.store("port: (\\d+), scheme") + "/_cluster/health");
    }

    @Test
    void whoWaitsAtAnEmptyQueueGetsATaskWhenItComes() throws Exception {
        var empty = System.nanoTime();
        assertThat(next(api, 700)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - empty)).isBetween(ms(650), ms(5_000));

        for (Api server : List.of(api, other)) {
            var got = CompletableFuture.supplyAsync(() -> next(server, 15_000));
            pause(300);
            assertThat(got).isNotDone();
            var task = enqueued();
            var came = System.nanoTime();
            assertThat(got.get()).isEqualTo(task);
            assertThat(Duration.ofNanos(System.nanoTime() - came)).isLessThan(ms(3_000));
        }
    }

    @Test
    void agentsAndServersThatDieAndAnswersThatGetLostLoseNoTaskAndRunNoneTwice() throws IOException {
        crash(new CrashRun.Trouble("Servers die", List.of(second), () -> {}, () -> {}));
    }

    @Test
    void theSameWhileRedisIsRestarted() throws IOException {
        crash(new CrashRun.Trouble("Redis dies", List.of(second), () -> first.killChild(REDIS), () -> {}));
    }

    @Test
    @Order(LAST)
    void theSameWithoutElasticsearch() throws IOException {
        Runnable keepDown = () -> first.killChild(ELASTICSEARCH);
        crash(new CrashRun.Trouble("No Elasticsearch", List.of(second), keepDown, keepDown));
    }

    private void crash(CrashRun.Trouble trouble) throws IOException {
        new CrashRun(trouble, List.of(first, second), api, queue).run();
    }

    private static Duration ms(long ms) {
        return Duration.ofMillis(ms);
    }

    private static String created() {
        return api.call("tasks.create", Map.of("name", "acceptance task", "type", "training"))
                .ok()
                .data()
                .path("id")
                .asString();
    }

    private String enqueued() {
        var task = created();
        api.call("tasks.enqueue", Map.of("task", task, "queue", queue)).ok();
        return task;
    }

    private String next(Api server) {
        return next(server, 0);
    }

    private String next(Api server, int waitMs) {
        return server.call("queues.get_next_task", Map.of("queue", queue, "wait_ms", waitMs))
                .ok()
                .data()
                .at("/entry/task")
                .asString("");
    }

    private static String status(String task) {
        return api.call("tasks.get_by_id", Map.of("task", task))
                .ok()
                .data()
                .at("/task/status")
                .asString();
    }

    private List<String> entries() {
        return tasks("entries");
    }

    private List<String> pulled() {
        return tasks("pulled");
    }

    private List<String> tasks(String member) {
        Function<JsonNode, String> id = entry -> entry.path("task").asString();
        return api.call("queues.get_by_id", Map.of("queue", queue, "pulled", true))
                .ok()
                .data()
                .path("queue")
                .path(member)
                .valueStream()
                .map(id)
                .collect(Collectors.toList());
    }
}
