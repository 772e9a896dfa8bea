package clearml.apiserver.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.query.DyingMongo;
import clearml.apiserver.query.MemoryMongo;
import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseReaperTest {

    private static final String LEASE = "{'task': 't', 'added': {'$date': 1000}, 'pulled': {'$date': 2000}}";

    private final MemoryMongo mongo = new MemoryMongo();

    @BeforeEach
    void fill() {
        mongo.insert("task", "{'_id': 't', 'status': 'queued', 'queue': 'q'}");
        mongo.insert(
                "queue",
                "{'_id': 'q', 'company': 'c', 'entries': [{'task': 'waiting'}], 'x_pulled': [" + LEASE + "]}",
                "{'_id': 'other', 'company': 'c', 'entries': []}");
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whereverAReturnIsCutOffTheTaskIsAtTheFrontOnceInTheEnd(int writes) {
        assertThatThrownBy(() -> reaper(DyingMongo.after(writes, mongo.stores)).run(() -> true))
                .isInstanceOf(DyingMongo.Died.class);

        reaper(mongo.stores).run(() -> true);

        assertThat(entries()).containsExactly("t", "waiting");
        assertThat(leases("q")).isEmpty();
    }

    @Test
    void aReturnThatIsNotCutOffHasThreeWrites() {
        assertThat(reaper(DyingMongo.after(3, mongo.stores)).run(() -> true)).isOne();

        assertThat(entries()).containsExactly("t", "waiting");
    }

    @Test
    void whatWasStartedWhenItsReturnWasCutOffIsTakenOutAgain() {
        assertThatThrownBy(() -> reaper(DyingMongo.after(2, mongo.stores)).run(() -> true))
                .isInstanceOf(DyingMongo.Died.class);
        assertThat(entries()).contains("t");
        mongo.stores.backend("task").updateOne(new Document(), Document.parse("{'$set': {'status': 'in_progress'}}"));

        reaper(mongo.stores).run(() -> true);

        assertThat(entries()).containsExactly("waiting");
        assertThat(leases("q")).isEmpty();
    }

    @Test
    void whatAnotherWorkerHasGotSinceIsNotReturnedForTheFirst() {
        var later = Document.parse(LEASE).append("pulled", new Date(System.currentTimeMillis() + 60_000));
        mongo.stores
                .backend("queue")
                .updateOne(
                        new Document("_id", "other"), new Document("$set", new Document("x_pulled", List.of(later))));

        assertThat(reaper(mongo.stores).run(() -> true)).isZero();

        assertThat(entries()).containsExactly("waiting");
        assertThat(leases("q")).isEmpty();
        assertThat(leases("other")).hasSize(1);
        assertThat(task().getList("gotten", Document.class)).hasSize(1);
    }

    /** A pull that took long, or a server whose clock is slow. */
    @Test
    void whatWasPulledAtATimeBeforeItWasEnqueuedComesBackToo() {
        var early = Document.parse(LEASE).append("pulled", new Date(500));
        mongo.stores
                .backend("queue")
                .updateOne(new Document("_id", "q"), new Document("$set", new Document("x_pulled", List.of(early))));

        assertThat(reaper(mongo.stores).run(() -> true)).isOne();

        assertThat(entries()).containsExactly("t", "waiting");
    }

    @Test
    void whoHasNotStartedWhatAnotherRunsIsRememberedByTheTask() {
        mongo.stores.backend("task").updateOne(new Document(), Document.parse("{'$set': {'status': 'in_progress'}}"));

        reaper(mongo.stores).run(() -> true);

        assertThat(leases("q")).isEmpty();
        assertThat(task().getList("gotten", Document.class)).hasSize(1);
    }

    private Document task() {
        return mongo.stores.backend("task").find().first();
    }

    @Test
    void aWorkerHasItsTimeToStartSinceThereIsAServer() {
        assertThat(reaper(mongo.stores, "300").run(() -> true)).isZero();

        assertThat(entries()).containsExactly("waiting");
        assertThat(leases("q")).hasSize(1);
    }

    private List<String> entries() {
        return queue("q").getList("entries", Document.class).stream()
                .map(entry -> entry.getString("task"))
                .toList();
    }

    private List<Document> leases(String queue) {
        return queue(queue).getList("x_pulled", Document.class, List.of());
    }

    private Document queue(String id) {
        return mongo.stores.backend("queue").find(new Document("_id", id)).first();
    }

    private static LeaseReaper reaper(MongoStores stores) {
        return reaper(stores, "0");
    }

    private static LeaseReaper reaper(MongoStores stores, String grace) {
        var store = new QueueStore(stores);
        var pulled = new PulledTasks(stores);
        var arrivals = new QueueArrivals();
        var metrics = new QueueMetrics(store, null, null);
        var tasks = new StoredTasks(stores);
        var meters = new SimpleMeterRegistry();
        return new LeaseReaper(
                pulled,
                tasks,
                new IdleWorkers(),
                NoLock.LOCK,
                arrivals,
                metrics,
                new LeaseSettings(config(grace)),
                meters);
    }

    private static ServerConfig config(String grace) {
        return ServerConfig.load(
                Map.of("CLEARML_CONFIG_DIR", "/nowhere", "CLEARML__SERVICES__QUEUES__LEASES__GRACE_SEC", grace),
                Map.of());
    }

    private static final class IdleWorkers extends QueueWorkers {

        private IdleWorkers() {
            super(null);
        }

        @Override
        boolean isBusyWith(String task, String company) {
            return false;
        }
    }
}
