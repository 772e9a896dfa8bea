package clearml.apiserver.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiException;
import clearml.apiserver.query.DyingMongo;
import clearml.apiserver.query.MemoryMongo;
import clearml.apiserver.store.mongo.MongoStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntranceRepairTest {

    private static final String COMPANY = "c";

    private final MemoryMongo mongo = new MemoryMongo();
    private final StoredTasks tasks = new StoredTasks(mongo.stores);

    @BeforeEach
    void fill() {
        mongo.insert("task", "{'_id': 't', 'status': 'queued', 'queue': 'from'}");
        mongo.insert(
                "queue",
                "{'_id': 'from', 'company': 'c', 'entries': [{'task': 'first'}, {'task': 't', 'added': {'$date': 1000}}]}",
                "{'_id': 'to', 'company': 'c', 'entries': [{'task': 'other'}]}");
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whereverAMoveIsCutOffTheTaskIsInOneQueueInTheEndAndThatIsTheOneItNames(int writes) {
        var dying = server(DyingMongo.after(writes, mongo.stores));
        assertThatThrownBy(() -> dying.transfer.move("t", "from", "to", true, COMPANY))
                .isInstanceOf(DyingMongo.Died.class);

        server(mongo.stores).repair.run(() -> true);

        assertThat(places()).hasSize(1).containsExactly(tasks.queue());
        assertThat(announced()).isEmpty();
    }

    @Test
    void aMoveThatIsNotCutOffLeavesNothingToRepair() {
        server(DyingMongo.after(4, mongo.stores)).transfer.move("t", "from", "to", true, COMPANY);

        assertThat(entries("to")).containsExactly("other", "t");
        assertThat(entries("from")).containsExactly("first");
        assertThat(queue("to").getList("entries", Document.class).get(1).getDate("added"))
                .isEqualTo(new Date(1000));
        assertThat(announced()).isEmpty();
        assertThat(server(mongo.stores).repair.run(() -> true)).isZero();
    }

    @Test
    void aMoveToAQueueThatIsDeletedMeanwhileLeavesTheTaskWhereItWas() {
        var server = server(mongo.stores);
        tasks.whenQueueIsSet = () -> mongo.stores.backend("queue").deleteOne(new Document("_id", "to"));

        assertThatThrownBy(() -> server.transfer.move("t", "from", "to", true, COMPANY))
                .isInstanceOf(ApiException.class);

        assertThat(places()).containsExactly("from");
        assertThat(tasks.queue()).isEqualTo("from");
    }

    @Test
    void whatAWorkerHasGotMeanwhileStaysItsOwn() {
        announceAndTake();
        update("from", "{'$set': {'x_pulled': [{'task': 't', 'added': {'$date': 1000}, 'pulled': {'$date': 9000}}]}}");

        assertThat(server(mongo.stores).repair.run(() -> true)).isZero();

        assertThat(places()).isEmpty();
        assertThat(announced()).isEmpty();
    }

    @Test
    void whatIsNotQueuedAnyMoreIsLeftAlone() {
        announceAndTake();
        mongo.stores.backend("task").updateOne(new Document(), Document.parse("{'$set': {'status': 'stopped'}}"));

        assertThat(server(mongo.stores).repair.run(() -> true)).isZero();

        assertThat(places()).isEmpty();
        assertThat(announced()).isEmpty();
    }

    @Test
    void whoIsOvertakenByTheRepairAddsNothing() {
        announceAndTake();
        var server = server(mongo.stores);
        server.repair.run(() -> true);
        update("to", "{'$pull': {'entries': {'task': 't'}}}");

        assertThat(server.entries.enter(new Entering("t", "to", COMPANY, new Date(1000), true)))
                .isFalse();

        assertThat(places()).isEmpty();
    }

    @Test
    void aQueueThatATaskIsOnItsWayToIsNotEmpty() {
        announceAndTake();
        update("to", "{'$set': {'entries': []}}");

        assertThat(mongo.stores.backend("queue").countDocuments(QueueStore.EMPTY))
                .isZero();
    }

    private void announceAndTake() {
        assertThatThrownBy(
                        () -> server(DyingMongo.after(2, mongo.stores)).transfer.move("t", "from", "to", true, COMPANY))
                .isInstanceOf(DyingMongo.Died.class);
        assertThat(places()).isEmpty();
    }

    private List<String> places() {
        return Stream.of("from", "to")
                .filter(queue -> mongo.stores.backend("queue").countDocuments(new Document("_id", queue)) > 0)
                .filter(queue -> entries(queue).contains("t"))
                .toList();
    }

    private List<String> entries(String queue) {
        return queue(queue).getList("entries", Document.class).stream()
                .map(entry -> entry.getString("task"))
                .toList();
    }

    private List<Document> announced() {
        return queue("to").getList("x_entering", Document.class, List.of());
    }

    private Document queue(String id) {
        return mongo.stores.backend("queue").find(new Document("_id", id)).first();
    }

    private void update(String queue, String change) {
        mongo.stores.backend("queue").updateOne(new Document("_id", queue), Document.parse(change));
    }

    private record Parts(QueueTransfer transfer, EntranceRepair repair, QueueEntries entries) {}

    private Parts server(MongoStores stores) {
        var store = new QueueStore(stores);
        var pulled = new PulledTasks(stores);
        var entering = new EnteringTasks(stores);
        // What is measured in the background fails without a store, and nobody minds.
        var metrics = new QueueMetrics(store, null, null);
        var entries = new QueueEntries(stores, metrics, new QueueArrivals(), pulled, entering);
        var itsTasks = new StoredTasks(stores);
        itsTasks.whenQueueIsSet = () -> tasks.whenQueueIsSet.run();
        var lock = NoLock.LOCK;
        return new Parts(
                new QueueTransfer(store, new QueueMoves(store), entries, entering, itsTasks, lock),
                new EntranceRepair(entering, entries, itsTasks, lock, new SimpleMeterRegistry()),
                entries);
    }
}
