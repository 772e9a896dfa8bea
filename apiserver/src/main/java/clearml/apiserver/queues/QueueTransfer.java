package clearml.apiserver.queues;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Takes tasks from one queue to another. */
@Component
class QueueTransfer {

    private final QueueStore store;
    private final QueueTasks tasks;
    private final QueueMetrics metrics;
    private final TaskQueueLock lock;
    private final QueueArrivals arrivals;

    QueueTransfer(
            QueueStore store, QueueTasks tasks, QueueMetrics metrics, TaskQueueLock lock, QueueArrivals arrivals) {
        this.store = store;
        this.tasks = tasks;
        this.metrics = metrics;
        this.lock = lock;
        this.arrivals = arrivals;
    }

    /**
     * Moves a task to the end of another queue; it has waited since it came into the first. Leaves the first queue before
     * it is in the second, as two workers could pull it else.
     *
     * @throws ApiException 400/701 for an unknown target, 400/703 when the task is not in the first queue
     */
    void move(String task, String from, String to, boolean updateQueue, String company) {
        lock.holding(task, () -> {
            moveAlone(task, from, to, updateQueue, company);
            return true;
        });
    }

    private void moveAlone(String task, String from, String to, boolean updateQueue, String company) {
        store.own(to, company, "_id");
        Document entry = store.take(QueueStore.own(from, company), task);
        if (entry == null) {
            throw ApiError.INVALID_QUEUE_OR_TASK_NOT_QUEUED.with("task", task).with("queue", from);
        }
        try {
            append(entry, task, to, company);
        } catch (RuntimeException e) {
            append(entry, task, from, company);
            throw e;
        }
        if (updateQueue) {
            tasks.setQueue(task, to);
        }
        metrics.changed(from, company, null);
        metrics.changed(to, company, null);
        arrivals.arrived(to);
    }

    /** A task that is there already stays where it is. */
    private void append(Document entry, String task, String queue, String company) {
        Bson room = Filters.and(QueueStore.own(queue, company), Filters.ne("entries.task", task));
        Bson push = Updates.combine(Updates.push("entries", entry), Updates.set("last_update", new Date()));
        if (!store.update(room, push)) {
            store.own(queue, company, "_id");
        }
    }

    /** Id and names of the queue that a task waits in; 400/703 when it is in none. */
    Document holding(String task, String company) {
        List<Document> found = store.list(
                Filters.and(Filters.eq("company", company), Filters.eq("entries.task", task)), "name", "display_name");
        if (found.isEmpty()) {
            throw ApiError.INVALID_QUEUE_OR_TASK_NOT_QUEUED.with("task", task);
        }
        return found.get(0);
    }
}
