package clearml.apiserver.queues;

import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;

/** What a server does with queues, on given stores, without what it measures. */
public final class QueuesOfTest {

    public static final ServerConfig CONFIG = ServerConfig.load(Map.of("CLEARML_CONFIG_DIR", "/nowhere"), Map.of());

    public final QueueEntries entries;
    final QueueContent content;
    final QueueTransfer transfer;
    final UnsettledTasksJob repair;

    public QueuesOfTest(MongoStores stores, QueueTasks tasks) {
        var lock = NoLock.LOCK;
        var settings = new LeaseSettings(CONFIG);
        var store = new QueueStore(stores);
        var unsettled = new UnsettledTasks(stores);
        // What is measured in the background fails without a store, and nobody minds.
        var metrics = new QueueMetrics(store, null, null);
        entries = new QueueEntries(stores, metrics, new QueueArrivals(), new PulledTasks(stores), unsettled);
        repair = new UnsettledTasksJob(unsettled, entries, tasks, lock, settings, new SimpleMeterRegistry());
        content = new QueueContent(store, entries, unsettled, repair, tasks, metrics, settings, lock);
        transfer = new QueueTransfer(store, new QueueMoves(store), entries, unsettled, tasks, lock);
    }

    public static TaskQueueLock lock() {
        return NoLock.LOCK;
    }

    /** Settles what a server has left that died; how many tasks are in a queue now that were in none. */
    public long repair() {
        return repair.run(() -> true);
    }
}
