package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.queues.QueueEntries;
import clearml.apiserver.queues.TaskQueueLock;
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
            queues.removeFromAll(request.task(), caller.company(), null);
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
        removeFromItsQueue(task, caller);
        if (fromAll) {
            queues.removeFromAll(TaskStore.id(task), caller.company(), null);
        }
        TaskStatus current = TaskStatus.of(task);
        if (current != TaskStatus.QUEUED && current != TaskStatus.IN_PROGRESS) {
            return Updated.NOTHING;
        }
        StatusChange change = StatusChange.to(next == null ? before(task) : next, caller)
                .because(reason, message)
                .forced(true)
                .set("enqueue_status", null);
        return machine.apply(change, task);
    }

    /** The status that a task had before it was queued. */
    private static TaskStatus before(Document task) {
        TaskStatus status = TaskStatus.byText(task.get("enqueue_status"));
        return status == null || status == TaskStatus.QUEUED ? TaskStatus.CREATED : status;
    }

    /** How many entries were removed; none when the task is not queued, or its queue or entry is gone. */
    int removeFromItsQueue(Document task, Caller caller) {
        if (TaskStatus.of(task) != TaskStatus.QUEUED
                || !(task.get("execution") instanceof Map<?, ?> execution)
                || !(execution.get("queue") instanceof String queue)) {
            return 0;
        }
        try {
            return queues.remove(TaskStore.id(task), queue, caller.company());
        } catch (ApiException e) {
            return 0;
        }
    }

    void removeFromAllQueues(Document task, Caller caller) {
        queues.removeFromAll(TaskStore.id(task), caller.company(), null);
    }
}
