package clearml.apiserver.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Identity;
import clearml.apiserver.call.Role;
import clearml.apiserver.projects.ProjectsOfTest;
import clearml.apiserver.query.DyingMongo;
import clearml.apiserver.query.MemoryMongo;
import clearml.apiserver.queues.QueuesOfTest;
import clearml.apiserver.store.mongo.MongoStores;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that die while they put a task into a queue, or take one out. */
class CutOffQueueingTest {

    private static final Caller CALLER =
            new Caller(new Identity("u", "c", Role.USER, "User", "Company"), Caller.UNKNOWN_WORKER, "", null);
    private static final int MOST_WRITES = 20;
    private static final MemoryMongo MONGO = new MemoryMongo();

    enum Operation {
        ENQUEUE,
        ENQUEUE_ELSEWHERE,
        DEQUEUE,
        DEQUEUE_FROM_ALL,
        STOP,
        ARCHIVE;

        void run(Server server) {
            switch (this) {
                case ENQUEUE -> server.enqueueing.enqueue("draft", order("one"), CALLER);
                case ENQUEUE_ELSEWHERE -> server.enqueueing.enqueue("waiting", order("two"), CALLER);
                case DEQUEUE -> server.dequeueing.dequeue(dequeue(false), CALLER);
                case DEQUEUE_FROM_ALL -> server.dequeueing.dequeue(dequeue(true), CALLER);
                case STOP -> server.stopping.stop("waiting", null, false, false, CALLER);
                case ARCHIVE -> server.archiving.archive("waiting", new Archiving.Order(null, null, false), CALLER);
            }
        }

        private static Enqueueing.Order order(String queue) {
            return new Enqueueing.Order(queue, null, null, null, false, true);
        }

        private static QueueApi.Dequeue dequeue(boolean all) {
            return new QueueApi.Dequeue("waiting", null, null, all, null);
        }
    }

    @AfterAll
    static void close() {
        MONGO.close();
    }

    private static void fill() {
        MONGO.stores.backend("task").deleteMany(new Document());
        MONGO.stores.backend("queue").deleteMany(new Document());
        MONGO.insert(
                "task",
                "{'_id': 'draft', 'company': 'c', 'status': 'created', 'status_changed': {'$date': 1000}}",
                "{'_id': 'waiting', 'company': 'c', 'status': 'queued', 'status_changed': {'$date': 1000},"
                        + " 'enqueue_status': 'created', 'execution': {'queue': 'one'}}");
        MONGO.insert(
                "queue",
                "{'_id': 'one', 'company': 'c', 'entries': [{'task': 'waiting', 'added': {'$date': 1000}}]}",
                "{'_id': 'two', 'company': 'c', 'entries': []}");
    }

    @ParameterizedTest
    @EnumSource
    void whereverItIsCutOffWhatIsQueuedIsInTheQueueThatItNamesAndNothingElseIsInAny(Operation operation) {
        int writes = 0;
        boolean died;
        do {
            fill();
            died = dies(operation, writes);
            new Server(MONGO.stores).queues.repair();

            for (Document task : MONGO.stores.backend("task").find()) {
                assertThat(places(task.getString("_id")))
                        .as("%s of %s after %d writes", operation, task, writes)
                        .isEqualTo(wanted(task));
            }
            assertThat(MONGO.stores
                            .backend("queue")
                            .countDocuments(Document.parse("{'x_unsettled.0': {'$exists': 1}}")))
                    .isZero();
        } while (died && writes++ < MOST_WRITES);
        assertThat(writes).isBetween(3, MOST_WRITES);
    }

    private static boolean dies(Operation operation, int writes) {
        try {
            operation.run(new Server(DyingMongo.after(writes, MONGO.stores)));
            return false;
        } catch (DyingMongo.Died e) {
            return true;
        }
    }

    private static List<String> wanted(Document task) {
        return task.get("status").equals("queued")
                ? List.of(task.getEmbedded(List.of("execution", "queue"), String.class))
                : List.of();
    }

    private static List<String> places(String task) {
        var places = new ArrayList<String>();
        MONGO.stores
                .backend("queue")
                .find(new Document("entries.task", task))
                .forEach(queue -> places.add(queue.getString("_id")));
        return places;
    }

    private static final class Server {

        private final QueuesOfTest queues;
        private final Enqueueing enqueueing;
        private final Dequeueing dequeueing;
        private final Stopping stopping;
        private final Archiving archiving;

        private Server(MongoStores stores) {
            var store = new TaskStore(stores);
            var machine = new StatusMachine(store, ProjectsOfTest.references(stores));
            var lock = QueuesOfTest.lock();
            queues = new QueuesOfTest(stores, new TasksOfQueues(store, machine));
            enqueueing = new Enqueueing(store, machine, queues.entries, null, null, lock);
            dequeueing = new Dequeueing(store, machine, queues.entries, lock);
            stopping = new Stopping(store, machine, dequeueing, lock, QueuesOfTest.CONFIG);
            archiving = new Archiving(store, dequeueing, lock);
        }
    }
}
