package clearml.apiserver.queues;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import com.mongodb.client.model.Filters;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** Takes tasks from one queue to another. */
@Component
class QueueTransfer {

    private final QueueStore store;
    private final QueueMoves moves;
    private final QueueEntries entries;
    private final UnsettledTasks unsettled;
    private final QueueTasks tasks;
    private final TaskQueueLock lock;

    QueueTransfer(
            QueueStore store,
            QueueMoves moves,
            QueueEntries entries,
            UnsettledTasks unsettled,
            QueueTasks tasks,
            TaskQueueLock lock) {
        this.store = store;
        this.moves = moves;
        this.entries = entries;
        this.unsettled = unsettled;
        this.tasks = tasks;
        this.lock = lock;
    }

    /**
     * Moves a task to the end of another queue; it has waited since it came into the first. Leaves the first queue before
     * it is in the second, as two workers could pull it else. A task that is in the second already stays where it is there.
     *
     * @throws ApiException 400/701 for an unknown target, 400/703 when the task is not in the first queue
     */
    void move(String task, String from, String to, boolean updateQueue, String company) {
        lock.holding(task, () -> {
            store.own(to, company, "_id");
            if (from.equals(to)) {
                moveToEnd(task, to, updateQueue, company);
                return true;
            }
            Document entry = store.entry(QueueStore.own(from, company), task);
            Date added = entry != null && entry.get("added") instanceof Date date ? date : new Date();
            moveAlone(new Unsettled(task, to, company, added, updateQueue), from);
            return true;
        });
    }

    /** Within a queue, which must not lose it in between. */
    private void moveToEnd(String task, String queue, boolean updateQueue, String company) {
        moves.move(queue, task, company, position -> Integer.MAX_VALUE);
        if (updateQueue) {
            tasks.setQueue(task, queue);
        }
    }

    private void moveAlone(Unsettled coming, String from) {
        boolean comes = unsettled.announce(coming);
        try {
            entries.remove(coming.task(), from, coming.company());
        } catch (ApiException e) {
            entries.settled(coming);
            throw e;
        }
        try {
            arrive(coming, comes);
        } catch (ApiException e) {
            // The target is gone.
            Unsettled back = new Unsettled(coming.task(), from, coming.company(), coming.added(), coming.setsQueue());
            arrive(back, unsettled.announce(back));
            throw e;
        }
    }

    private void arrive(Unsettled coming, boolean comes) {
        if (coming.setsQueue()) {
            tasks.setQueue(coming.task(), coming.queue());
        }
        if (comes) {
            entries.enter(coming);
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
