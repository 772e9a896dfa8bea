package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Processes die while clients report. */
class EventsFailureTest {

    private static final int BATCHES_BEFORE = 3;
    private static final int BATCHES_AFTER = 2;
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
        List<Long> others = new ArrayList<>();
        List<RepeatingClient> clients = reportWhile(10, () -> {
            server.killChild("-Des.networkaddress");
            for (int i = 0; i < 30; i++) {
                others.add(tasksAndQueues());
            }
        });

        assertStored(clients);
        List<Answer> refusals =
                clients.stream().flatMap(client -> client.refusals().stream()).toList();
        assertThat(refusals).as("answers while it was away").isNotEmpty().allSatisfy(answer -> {
            answer.fails("503/0");
            assertThat(answer.header("Retry-After")).isPresent();
        });
        Collections.sort(others);
        // Generous, since other tests may run beside this one; a call that waits for Elasticsearch takes seconds.
        assertThat(others.get(others.size() / 2))
                .as("median of four calls about tasks and queues, ms")
                .isLessThan(500);
    }

    @Test
    void whenTheServerIsKilledEveryAcknowledgedEventIsThereOnceAndStatisticsAgree() throws Exception {
        assertStored(reportWhile(4, () -> {
            server.kill();
            server.start();
        }));
    }

    @Test
    void anIndexThatIsReadOnlyIsItsOwnErrorWhichClientsDoNotRepeat() {
        Api elastic = Api.at(URI.create("http://127.0.0.1:" + server.store("port: (\\d+), scheme: http")));
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

    /** The time of four calls, in milliseconds. */
    private static long tasksAndQueues() {
        long start = System.nanoTime();
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
        api.call("queues.get_all").ok();
        return (System.nanoTime() - start) / 1_000_000;
    }

    private interface Failure {
        void happen() throws Exception;
    }

    /** Lets clients report before, during and after a failure. */
    private static List<RepeatingClient> reportWhile(int count, Failure failure) throws Exception {
        AtomicBoolean goOn = new AtomicBoolean(true);
        List<RepeatingClient> clients = new ArrayList<>();
        List<Future<RepeatingClient>> ends = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            for (int i = 0; i < count; i++) {
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
        long deadline = System.nanoTime() + 90_000_000_000L;
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
