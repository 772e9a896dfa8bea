package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.queues.TaskQueueLock;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts tasks into the archive: they leave their queues, and running ones count as stopped. */
@Component
class Archiving {

    private static final String[] NEEDED = {"status", "project", "type", "company", "enqueue_status", "execution.queue"
    };

    private final TaskStore store;
    private final Dequeueing dequeueing;
    private final TaskQueueLock lock;

    Archiving(TaskStore store, Dequeueing dequeueing, TaskQueueLock lock) {
        this.store = store;
        this.lock = lock;
        this.dequeueing = dequeueing;
    }

    /** Why, and whether the steps of a pipeline go with it. */
    record Order(@Nullable String reason, @Nullable String message, boolean withSteps) {}

    /** How many tasks were given and are archived now. */
    long archiveAll(List<String> ids, Order order, Caller caller) {
        List<Document> tasks = store.allForWriting(ids, caller.company(), NEEDED);
        tasks.forEach(task -> archive(task, order, caller));
        return tasks.size();
    }

    void archive(String id, Order order, Caller caller) {
        archive(store.forWriting(id, caller.company(), NEEDED), order, caller);
    }

    private void archive(Document task, Order order, Caller caller) {
        steps(task, order).forEach(step -> archiveOne(step, order, caller));
        archiveOne(task, order, caller);
    }

    private void archiveOne(Document task, Order order, Caller caller) {
        String id = TaskStore.id(task);
        lock.holding(id, () -> store.find(id, NEEDED).map(now -> leaveQueues(now, order, caller)));
        mark(task, order, caller, Updates.addToSet("system_tags", TaskTags.ARCHIVED));
    }

    private boolean leaveQueues(Document task, Order order, Caller caller) {
        try {
            boolean runs = TaskStatus.of(task) == TaskStatus.IN_PROGRESS;
            dequeueing.dequeue(task, runs ? TaskStatus.STOPPED : null, order.reason(), order.message(), true, caller);
            return true;
        } catch (ApiException ignored) {
            // A task whose status has just changed is archived in its new status.
            return false;
        }
    }

    void unarchive(String id, Order order, Caller caller) {
        Document task = store.forWriting(id, caller.company(), NEEDED);
        for (Document step : steps(task, order)) {
            mark(step, order, caller, Updates.pull("system_tags", TaskTags.ARCHIVED));
        }
        mark(task, order, caller, Updates.pull("system_tags", TaskTags.ARCHIVED));
    }

    private List<Document> steps(Document task, Order order) {
        boolean pipeline = TaskType.CONTROLLER.text().equals(task.get("type"));
        return order.withSteps() && pipeline
                ? store.list(
                        Filters.and(
                                Filters.eq("company", task.get("company")), Filters.eq("parent", TaskStore.id(task))),
                        NEEDED)
                : List.of();
    }

    private void mark(Document task, Order order, Caller caller, Bson change) {
        List<Bson> updates = GatedChanges.touch(caller, new Date());
        updates.add(Updates.set("status_reason", order.reason() == null ? "" : order.reason()));
        updates.add(Updates.set("status_message", order.message() == null ? "" : order.message()));
        updates.add(change);
        store.update(Filters.eq("_id", TaskStore.id(task)), Updates.combine(updates));
    }
}
