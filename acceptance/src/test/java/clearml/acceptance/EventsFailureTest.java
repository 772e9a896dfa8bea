package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Processes die while clients report. */
class EventsFailureTest {

    private static final int CLIENTS = 20;
    private static final int BATCHES_BEFORE = 3;
    private static final int BATCHES_AFTER = 2;

    /** In the arguments of its process. */
    private static final String ELASTICSEARCH = "-Des.networkaddress";

    private static StandaloneServer server;
    private static Api api;

    @BeforeAll
    static void start() {
        server = StandaloneServer.start("events-failure");
        api = Api.at(server.server().api()).login(ShippedDefaults.USER);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void whenElasticsearchIsKilledEveryAcknowledgedEventIsThereOnceAndTasksGoOn() throws Exception {
        List<RepeatingClient> clients = reportWhile(() -> {
            assertThat(server.killChild(ELASTICSEARCH)).isTrue();
            api.call("events.clear_scroll", Map.of("scroll_id", "whatever")).ok();
            for (int i = 0; i < 20; i++) {
                othersGoOn(i);
            }
        });

        assertStored(clients);
        List<Answer> refusals =
                clients.stream().flatMap(client -> client.refusals().stream()).toList();
        assertThat(refusals).as("answers while it was away").isNotEmpty().allSatisfy(answer -> {
            answer.fails("503/0");
            assertThat(answer.header("Retry-After")).isPresent();
        });
    }

    @Test
    void whileElasticsearchHangsWhoDoesNotNeedItIsNotHeldUp() {
        server.suspendChild(ELASTICSEARCH, true);
        try {
            long start = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                othersGoOn(i);
            }
            // The time after which a request to it is given up; whoever had waited for it would have waited longer.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        } finally {
            server.suspendChild(ELASTICSEARCH, false);
        }
        addLine().ok();
    }

    @Test
    void seriesThatNeedMoreBucketsThanASearchMayHaveAreReadInParts() {
        Api elastic = elastic();
        EventCalls events = new EventCalls(api);
        for (int iteration = 0; iteration < 2; iteration++) {
            List<Map<String, Object>> scalars = new ArrayList<>();
            for (int i = 0; i < 2_100; i++) {
                scalars.add(events.scalar(iteration, "m" + i / 100, "v" + i % 100, i));
            }
            events.add(scalars).ok();
        }
        List<String> endpoints = List.of(
                "scalar_metrics_iter_histogram", "get_scalar_metrics_and_variants", "get_task_latest_scalar_values");
        List<JsonNode> atOnce =
                endpoints.stream().map(endpoint -> events.read(endpoint)).toList();
        assertThat(atOnce.get(0).valueStream().mapToInt(JsonNode::size).sum()).isEqualTo(2_100);

        setMaxBuckets(elastic, "2000");
        try {
            assertThat(endpoints.stream().map(endpoint -> events.read(endpoint)))
                    .containsExactlyElementsOf(atOnce);
        } finally {
            setMaxBuckets(elastic, "null");
        }
    }

    @Test
    void imagesThatNeedMoreBucketsThanASearchMayHaveAreReadInParts() {
        Api elastic = elastic();
        EventCalls events = new EventCalls(api);
        for (int iteration = 0; iteration < 10; iteration++) {
            List<Map<String, Object>> images = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                images.add(events.image(iteration, "m" + i / 100, "v" + i % 100, iteration + "-" + i + ".png"));
            }
            events.add(images).ok();
        }
        List<String> atOnce = images(events);
        assertThat(atOnce).hasSize(8 * 400).contains("9 m3 v99", "2 m0 v0").doesNotContain("1 m0 v0");

        setMaxBuckets(elastic, "2500");
        try {
            List<String> inParts = images(events);
            assertThat(inParts).containsExactlyInAnyOrderElementsOf(atOnce);
            assertThat(inParts.get(0)).startsWith("9 ");
        } finally {
            setMaxBuckets(elastic, "null");
        }
    }

    /** {@code <iteration> <metric> <variant>} of the images of the last eight iterations. */
    private static List<String> images(EventCalls events) {
        List<String> images = new ArrayList<>();
        events.call("debug_images", "metrics", List.of(Map.of("task", events.task())), "iters", 8)
                .ok()
                .data()
                .at("/metrics/0/iterations")
                .forEach(iteration -> iteration
                        .path("events")
                        .forEach(event -> images.add(iteration.path("iter").asLong() + " "
                                + event.path("metric").asString() + " "
                                + event.path("variant").asString())));
        return images;
    }

    private static void setMaxBuckets(Api elastic, String value) {
        Answer done = elastic.request("/_cluster/settings")
                .method("PUT")
                .json("{\"persistent\":{\"search.max_buckets\":" + value + "}}")
                .send();
        assertThat(done.status()).as(done.text()).isEqualTo(200);
    }

    private static Api elastic() {
        return Api.at(URI.create("http://127.0.0.1:" + server.store("port: (\\d+), scheme: http")));
    }

    @Test
    void whenTheServerIsKilledEveryAcknowledgedEventIsThereOnceAndStatisticsAgree() throws Exception {
        assertStored(reportWhile(() -> {
            server.kill();
            server.start();
        }));
    }

    @Test
    void anIndexThatIsReadOnlyIsItsOwnErrorWhichClientsDoNotRepeat() {
        Api elastic = elastic();
        addLine().ok();
        block(elastic, "true");
        try {
            assertThat(addLine().fails("500/4").message()).contains("read-only mode");
        } finally {
            block(elastic, "null");
        }
        addLine().ok();
    }

    private static Answer addLine() {
        String task = api.call("tasks.create", Map.of("name", "failure", "type", "training"))
                .ok()
                .data()
                .path("id")
                .asString();
        return api.call("events.add", Map.of("type", "log", "task", task, "msg", "x"));
    }

    private static void block(Api elastic, String value) {
        Answer done = elastic.request("/events-log-*/_settings")
                .method("PUT")
                .json("{\"index.blocks.read_only_allow_delete\":" + value + "}")
                .send();
        assertThat(done.status()).as(done.text()).isEqualTo(200);
    }

    /** What has nothing to do with events. */
    private static void othersGoOn(int number) {
        String task = api.call("tasks.create", Map.of("name", "meanwhile", "type", "training"))
                .ok()
                .data()
                .path("id")
                .asString();
        api.call("tasks.edit", Map.of("task", task, "comment", "meanwhile")).ok();
        assertThat(api.call("tasks.get_by_id", Map.of("task", task))
                        .ok()
                        .data()
                        .at("/task/comment")
                        .asString())
                .isEqualTo("meanwhile");
        api.call("tasks.get_all", Map.of("id", List.of(task))).ok();
        String queue = api.call("queues.create", Map.of("name", "meanwhile " + task))
                .ok()
                .data()
                .path("id")
                .asString();
        api.call("tasks.enqueue", Map.of("task", task, "queue", queue)).ok();
        String worker = "meanwhile:" + number;
        api.call("workers.register", Map.of("worker", worker, "queues", List.of(queue)))
                .ok();
        Map<String, Object> usage = Map.of("cpu_usage", List.of(10), "memory_used", 20);
        api.call(
                        "workers.status_report",
                        Map.of(
                                "worker",
                                worker,
                                "timestamp",
                                System.currentTimeMillis(),
                                "queues",
                                List.of(queue),
                                "machine_stats",
                                usage))
                .ok();
        assertThat(api.call("queues.get_next_task", Map.of("queue", queue))
                        .ok()
                        .data()
                        .at("/entry/task")
                        .asString())
                .isEqualTo(task);
        assertThat(api.call("workers.get_all").ok().data().path("workers").findValuesAsString("id"))
                .contains(worker);
        api.call("workers.unregister", Map.of("worker", worker)).ok();
    }

    private interface Failure {
        void happen() throws Exception;
    }

    /** Lets clients report before, during and after a failure. */
    private static List<RepeatingClient> reportWhile(Failure failure) throws Exception {
        AtomicBoolean goOn = new AtomicBoolean(true);
        List<RepeatingClient> clients = new ArrayList<>();
        List<Future<RepeatingClient>> ends = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int i = 0; i < CLIENTS; i++) {
                RepeatingClient client = new RepeatingClient(api, goOn::get);
                clients.add(client);
                ends.add(threads.submit(client));
            }
            await(clients, BATCHES_BEFORE);
            failure.happen();
            await(
                    clients,
                    clients.stream().mapToInt(RepeatingClient::batches).max().orElseThrow() + BATCHES_AFTER);
            goOn.set(false);
            for (Future<RepeatingClient> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return clients;
    }

    private static void await(List<RepeatingClient> clients, int batches) throws InterruptedException {
        long deadline = System.nanoTime() + 300_000_000_000L;
        while (clients.stream().anyMatch(client -> client.batches() < batches)) {
            assertThat(System.nanoTime()).as("clients go on").isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static void assertStored(List<RepeatingClient> clients) {
        assertThat(clients.stream().map(RepeatingClient::stored))
                .containsExactlyElementsOf(
                        clients.stream().map(RepeatingClient::acknowledged).toList());
    }
}
