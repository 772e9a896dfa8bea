package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import tools.jackson.databind.JsonNode;

/** The whole server is killed while clients write, again and again on the same data. */
class ServerKilledTest {

    private static final int CLIENTS = 4;
    private static final int BATCH = 20;
    private static final int WRITES_BEFORE_THE_KILL = 200;

    /** What was acknowledged, over all rounds: the last edit and the number of events by task. */
    private static final Map<String, Acknowledged> ACKNOWLEDGED = new ConcurrentHashMap<>();

    private record Acknowledged(int edit, int events) {}

    private static StandaloneServer server;
    private static Api api;

    @BeforeAll
    static void start() {
        server = StandaloneServer.start("killed");
        api = Api.at(server.server().api()).login(ShippedDefaults.USER);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @RepeatedTest(5)
    void everyAcknowledgedWriteIsThereAfterTheRestart() throws Exception {
        var writes = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            clients.execute(() -> writeUntilItIsGone(writes));
        }
        clients.shutdown();
        while (writes.get() < WRITES_BEFORE_THE_KILL && !clients.isTerminated()) {
            Thread.sleep(5);
        }
        server.kill();
        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(writes.get()).isGreaterThanOrEqualTo(WRITES_BEFORE_THE_KILL);
        server.start();

        var found = new LinkedHashMap<String, Acknowledged>();
        ACKNOWLEDGED.forEach((task, written) -> found.put(task, stored(task, written)));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(ACKNOWLEDGED);
    }

    private static void writeUntilItIsGone(AtomicInteger writes) {
        try {
            while (true) {
                var task = api.call("tasks.create", Map.of("name", "killed", "type", "training"))
                        .ok()
                        .data()
                        .path("id")
                        .asString();
                for (int i = 1; i <= 10; i++) {
                    api.call("tasks.edit", Map.of("task", task, "comment", "" + i))
                            .ok();
                    ACKNOWLEDGED.put(task, new Acknowledged(i, (i - 1) * BATCH));
                    add(task, (i - 1) * BATCH);
                    ACKNOWLEDGED.put(task, new Acknowledged(i, i * BATCH));
                    writes.addAndGet(2);
                }
            }
        } catch (RuntimeException gone) {
            // The server is killed: this write was not acknowledged.
        }
    }

    private static void add(String task, int from) {
        var lines = IntStream.range(from, from + BATCH)
                .mapToObj(iteration -> "{\"type\":\"training_stats_scalar\",\"task\":\"" + task + "\",\"iter\":"
                        + iteration + ",\"metric\":\"m\",\"variant\":\"v\",\"value\":" + iteration + "}")
                .collect(Collectors.joining("\n"));
        api.request("/events.add_batch")
                .body("application/json-lines", lines)
                .send()
                .ok();
    }

    /** What is there of a task; writes that were under way when the server was killed may be there as well. */
    private static Acknowledged stored(String id, Acknowledged written) {
        JsonNode task =
                api.call("tasks.get_by_id", Map.of("task", id)).ok().data().path("task");
        JsonNode values = api.call(
                        "events.scalar_metrics_iter_raw", Map.of("task", id, "metric", metric(), "count_total", true))
                .ok()
                .data();
        int edit = task.path("comment").asInt(0);
        int events = values.path("total").asInt(0);
        assertThat(edit).isBetween(written.edit, written.edit + 1);
        assertThat(events).isBetween(written.events, written.events + BATCH);
        return new Acknowledged(Math.min(edit, written.edit), Math.min(events, written.events));
    }

    private static Map<String, Object> metric() {
        return Map.of("metric", "m", "variants", List.of("v"));
    }
}
