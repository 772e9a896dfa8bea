package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two API servers on the same stores, with short intervals: no task is lost, none runs twice. */
class QueueRecoveryTest {

    private static final int TASKS = 200;
    private static final int AGENTS = 12;

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
        within(15, () -> entries().equals(List.of(abandoned, waiting)));
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

    @Test
    void withoutElasticsearchTasksAreHandedOutAsEver() {
        var tasks = IntStream.range(0, 20).mapToObj(number -> enqueued()).toList();
        first.killChild("-Des.networkaddress");
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
        var tasks = IntStream.range(0, TASKS).mapToObj(number -> enqueued()).toList();
        var journal = new CrashingAgent.Journal();
        var start = System.nanoTime();
        try (var proxy =
                new DroppingProxy(List.of(first.server().api(), second.server().api()), 0.05)) {
            var agents = new ArrayList<Thread>();
            for (int i = 0; i < AGENTS; i++) {
                var agent = new CrashingAgent(Api.at(proxy.address()).bearer(api.token()), queue, 0.05, journal);
                agents.add(new Thread(agent, "agent-" + i));
            }
            agents.forEach(Thread::start);
            pause(500);
            second.kill();
            second.start();
            within(90, () -> {
                // What the watchdog has stopped is enqueued again by its user.
                having(tasks, "stopped")
                        .forEach(task -> api.call("tasks.enqueue", Map.of("task", task, "queue", queue)));
                return having(tasks, "completed").size() == TASKS;
            });
            journal.over.set(true);
            System.out.printf(
                    "%d tasks, %d crashes, %d lost answers, %d s%n",
                    TASKS,
                    journal.crashes.get(),
                    proxy.lost.get(),
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
        } finally {
            journal.over.set(true);
        }

        assertThat(entries()).as("what is completed waits nowhere").isEmpty();
        assertThat(journal.runAtOnce).as("tasks that two agents ran at once").isEmpty();
        assertThat(journal.completed.keySet()).containsExactlyInAnyOrderElementsOf(tasks);
        assertThat(journal.completed.values()).allMatch(times -> times.get() == 1);
        assertThat(journal.crashes.get()).as("crashes").isPositive();
    }

    private static Duration ms(long ms) {
        return Duration.ofMillis(ms);
    }

    private static List<String> having(List<String> tasks, String status) {
        var statuses = new HashMap<String, String>();
        var request = Map.of("id", tasks, "status", List.of(status), "only_fields", List.of("id", "status"));
        api.call("tasks.get_all", request)
                .ok()
                .data()
                .path("tasks")
                .forEach(task -> statuses.put(
                        task.path("id").asString(), task.path("status").asString()));
        return List.copyOf(statuses.keySet());
    }

    private String enqueued() {
        var task = api.call("tasks.create", Map.of("name", "acceptance task", "type", "training"))
                .ok()
                .data()
                .path("id")
                .asString();
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

    private static void within(int seconds, BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within %s s", seconds).isLessThan(end);
            pause(300);
        }
    }

    private static void pause(int ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
