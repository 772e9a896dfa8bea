package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.queues.QueueEntries;
import clearml.apiserver.queues.TaskQueueLock;
import clearml.apiserver.queues.Unsettled;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes tasks out of queues. */
@Component
class Dequeueing {

    private final TaskStore store;
    private final StatusMachine machine;
    private final QueueEntries queues;
    private final TaskQueueLock lock;

    Dequeueing(TaskStore store, StatusMachine machine, QueueEntries queues, TaskQueueLock lock) {
        this.store = store;
        this.machine = machine;
        this.queues = queues;
        this.lock = lock;
    }

    Updated dequeue(QueueApi.Dequeue request, Caller caller) {
        TaskStatus next = request.newStatus() == null ? null : TaskStatus.byText(request.newStatus());
        if (request.newStatus() != null && next == null) {
            throw ApiError.VALIDATION_ERROR.of("Invalid task status: " + request.newStatus());
        }
        return lock.holding(request.task(), () -> dequeue(request, next, caller));
    }

    private Updated dequeue(QueueApi.Dequeue request, @Nullable TaskStatus next, Caller caller) {
        if (store.find(request.task(), "_id").isEmpty()) {
            queues.removeFromAll(request.task(), caller.company());
            return Updated.NOTHING;
        }
        Document task = store.forWriting(
                request.task(), caller.company(), "status", "project", "enqueue_status", "execution.queue");
        return dequeue(
                task, next, request.statusReason(), request.statusMessage(), request.removeFromAllQueues(), caller);
    }

    /**
     * Takes a task, read with status, project, enqueue status and queue, out of its queue, and gives it back the status
     * that it had before unless another is wanted.
     */
    Updated dequeue(
            Document task,
            @Nullable TaskStatus next,
            @Nullable String reason,
            @Nullable String message,
            boolean fromAll,
            Caller caller) {
        List<Unsettled> left = fromAll ? leaveAll(task, caller) : leave(task, caller);
        TaskStatus current = TaskStatus.of(task);
        if (current != TaskStatus.QUEUED && current != TaskStatus.IN_PROGRESS) {
            settled(left);
            return Updated.NOTHING;
        }
        StatusChange change = StatusChange.to(next == null ? before(task) : next, caller)
                .because(reason, message)
                .forced(true)
                .set("enqueue_status", null);
        return change(change, task, left);
    }

    /** Changes the status of a task that has left queues. */
    Updated change(StatusChange change, Document task, List<Unsettled> left) {
        try {
            Updated updated = machine.apply(change, task);
            settled(left);
            return updated;
        } catch (ApiException e) {
            // Somebody else has taken it on, so it waits no more.
            settled(left);
            throw e;
        }
    }

    /** The status that a task had before it was queued. */
    static TaskStatus before(Document task) {
        TaskStatus status = TaskStatus.byText(task.get("enqueue_status"));
        return status == null || status == TaskStatus.QUEUED ? TaskStatus.CREATED : status;
    }

    /**
     * Takes a task that is queued out of the queue that it names. Nothing when the queue or the entry is gone. Its status is
     * to be changed next; a server that dies before leaves a task that comes into the queue again.
     */
    List<Unsettled> leave(Document task, Caller caller) {
        String queue = queue(task);
        return TaskStatus.of(task) != TaskStatus.QUEUED || queue == null
                ? List.of()
                : queues.takeOut(TaskStore.id(task), queue, caller.company());
    }

    /** The same for all queues, whatever the task's status. */
    List<Unsettled> leaveAll(Document task, Caller caller) {
        return queues.takeOutOfAll(TaskStore.id(task), caller.company());
    }

    /** The status of the task has changed. */
    void settled(List<Unsettled> left) {
        left.forEach(queues::settled);
    }

    /** The queue that a task names. */
    static @Nullable String queue(Document task) {
        return task.get("execution") instanceof Map<?, ?> execution && execution.get("queue") instanceof String queue
                ? queue
                : null;
    }
}
