package clearml.apiserver.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Identity;
import clearml.apiserver.call.Role;
import clearml.apiserver.query.DyingMongo;
import clearml.apiserver.query.MemoryMongo;
import clearml.apiserver.store.mongo.MongoStores;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnsettledTasksTest {

    private static final String COMPANY = "c";
    private static final Caller CALLER =
            new Caller(new Identity("u", COMPANY, Role.USER, "User", "Company"), Caller.UNKNOWN_WORKER, "", null);
    private static final int MOST_WRITES = 20;
    private static final MemoryMongo MONGO = new MemoryMongo();

    private final StoredTasks tasks = new StoredTasks(MONGO.stores);

    /** What changes a task and its place. */
    enum Operation {
        MOVE,
        ADD,
        REMOVE,
        CLEAR,
        DELETE;

        void run(QueuesOfTest queues) {
            switch (this) {
                case MOVE -> queues.transfer.move("t", "from", "to", true, COMPANY);
                case ADD -> queues.content.add("to", "new", true, COMPANY);
                case REMOVE -> queues.content.remove("from", "t", true, CALLER);
                case CLEAR -> queues.content.clear("from", CALLER);
                case DELETE -> queues.content.delete("from", true, CALLER);
            }
        }
    }

    @BeforeEach
    void fill() {
        MONGO.stores.backend("task").deleteMany(new Document());
        MONGO.stores.backend("queue").deleteMany(new Document());
        MONGO.insert(
                "task",
                "{'_id': 't', 'status': 'queued', 'queue': 'from'}",
                "{'_id': 'first', 'status': 'queued', 'queue': 'from'}",
                "{'_id': 'other', 'status': 'queued', 'queue': 'to'}",
                "{'_id': 'new', 'status': 'created'}");
        MONGO.insert(
                "queue",
                "{'_id': 'from', 'company': 'c', 'entries': [{'task': 'first'}, {'task': 't', 'added': {'$date': 1000}}]}",
                "{'_id': 'to', 'company': 'c', 'entries': [{'task': 'other'}]}");
    }

    @AfterAll
    static void close() {
        MONGO.close();
    }

    @ParameterizedTest
    @EnumSource
    void whereverAServerDiesWhatIsQueuedIsInOneQueueInTheEndAndThatIsTheOneItNames(Operation operation) {
        int writes = 0;
        while (dies(operation, writes)) {
            server(MONGO.stores).repair();

            assertThat(tasks.ids()).as("%s after %d writes", operation, writes).allSatisfy(this::assertInPlace);
            assertThat(unsettled()).as("%s after %d writes", operation, writes).isEmpty();
            fill();
            writes++;
        }
        assertThat(writes).isBetween(3, MOST_WRITES);
        assertThat(tasks.ids()).allSatisfy(this::assertInPlace);
        assertThat(unsettled()).isEmpty();
        assertThat(server(MONGO.stores).repair()).isZero();
    }

    private boolean dies(Operation operation, int writes) {
        try {
            operation.run(server(DyingMongo.after(writes, MONGO.stores)));
            return false;
        } catch (DyingMongo.Died e) {
            return true;
        }
    }

    private void assertInPlace(String task) {
        if (tasks.isQueued(task)) {
            assertThat(places(task)).containsExactly(tasks.queue(task));
        } else if (!task.equals("new")) {
            assertThat(places(task)).isEmpty();
        }
    }

    @Test
    void aTaskThatIsMovedHasWaitedSinceItCameIntoTheFirstQueue() {
        server(MONGO.stores).transfer.move("t", "from", "to", true, COMPANY);

        assertThat(entries("to")).containsExactly("other", "t");
        assertThat(entries("from")).containsExactly("first");
        assertThat(queue("to").getList("entries", Document.class).get(1).getDate("added"))
                .isEqualTo(new Date(1000));
    }

    @Test
    void tasksOfAQueueThatIsClearedAreDraftsAgain() {
        assertThat(server(MONGO.stores).content.clear("from", CALLER)).containsExactly("first", "t");

        assertThat(tasks.ids().filter(tasks::isQueued)).containsExactly("other");
    }

    @Test
    void aMoveToAQueueThatIsDeletedMeanwhileLeavesTheTaskWhereItWas() {
        tasks.whenQueueIsSet = () -> MONGO.stores.backend("queue").deleteOne(new Document("_id", "to"));

        assertThatThrownBy(() -> server(MONGO.stores).transfer.move("t", "from", "to", true, COMPANY))
                .isInstanceOf(ApiException.class);

        assertThat(places("t")).containsExactly("from");
        assertThat(tasks.queue("t")).isEqualTo("from");
    }

    @Test
    void whatAWorkerHasGotMeanwhileStaysItsOwn() {
        announceAndTake();
        update("from", "{'$set': {'x_pulled': [{'task': 't', 'added': {'$date': 1000}, 'pulled': {'$date': 9000}}]}}");

        assertThat(server(MONGO.stores).repair()).isZero();

        assertThat(places("t")).isEmpty();
        assertThat(unsettled()).isEmpty();
    }

    @Test
    void whatIsNotQueuedAnyMoreIsLeftAlone() {
        announceAndTake();
        MONGO.stores
                .backend("task")
                .updateOne(new Document("_id", "t"), Document.parse("{'$set': {'status': 'stopped'}}"));

        assertThat(server(MONGO.stores).repair()).isZero();

        assertThat(places("t")).isEmpty();
        assertThat(unsettled()).isEmpty();
    }

    @Test
    void whoIsOvertakenByTheRepairAddsNothing() {
        announceAndTake();
        var server = server(MONGO.stores);
        server.repair();
        update("to", "{'$pull': {'entries': {'task': 't'}}}");

        assertThat(server.entries.enter(new Unsettled("t", "to", COMPANY, new Date(1000), true)))
                .isFalse();

        assertThat(places("t")).isEmpty();
    }

    @Test
    void aTaskThatTheRepairPutsBackWhileItsQueueIsClearedLeavesItAllTheSame() {
        tasks.whenTakenBack = () -> server(MONGO.stores).repair();

        server(MONGO.stores).content.clear("from", CALLER);

        assertThat(tasks.ids().filter(tasks::isQueued)).containsExactly("other");
        assertThat(entries("from")).isEmpty();
        assertThat(unsettled()).isEmpty();
    }

    @Test
    void aQueueThatATaskIsOnItsWayToIsNotEmpty() {
        announceAndTake();
        update("to", "{'$set': {'entries': []}}");

        assertThat(MONGO.stores.backend("queue").countDocuments(QueueStore.EMPTY))
                .isZero();
    }

    private void announceAndTake() {
        assertThat(dies(Operation.MOVE, 2)).isTrue();
        assertThat(places("t")).isEmpty();
    }

    private List<String> places(String task) {
        return Stream.of("from", "to")
                .filter(queue -> MONGO.stores.backend("queue").countDocuments(new Document("_id", queue)) > 0)
                .filter(queue -> entries(queue).contains(task))
                .toList();
    }

    private static List<String> entries(String queue) {
        return queue(queue).getList("entries", Document.class).stream()
                .map(entry -> entry.getString("task"))
                .toList();
    }

    private static List<Unsettled> unsettled() {
        return MONGO.stores.backend("queue").find().into(new ArrayList<>()).stream()
                .flatMap(queue -> UnsettledTasks.of(queue).stream())
                .toList();
    }

    private static Document queue(String id) {
        return MONGO.stores.backend("queue").find(new Document("_id", id)).first();
    }

    private static void update(String queue, String change) {
        MONGO.stores.backend("queue").updateOne(new Document("_id", queue), Document.parse(change));
    }

    private QueuesOfTest server(MongoStores stores) {
        var its = new StoredTasks(stores);
        its.whenQueueIsSet = () -> tasks.whenQueueIsSet.run();
        its.whenTakenBack = () -> tasks.whenTakenBack.run();
        return new QueuesOfTest(stores, its);
    }
}
