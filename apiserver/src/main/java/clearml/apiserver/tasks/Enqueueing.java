package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Batch;
import clearml.apiserver.call.Caller;
import clearml.apiserver.queues.QueueEntries;
import clearml.apiserver.queues.QueueWorkers;
import clearml.apiserver.queues.TaskQueueLock;
import clearml.apiserver.queues.Unsettled;
import com.mongodb.client.model.Updates;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Puts tasks into queues. The status changes before the entry is made, on condition, so that of two who enqueue a task at
 * once only one does; what would fail later is looked up before, and a failure all the same gives the status back. The
 * queue is told beforehand, so that somebody else can go on if this server dies.
 */
@Component
class Enqueueing {

    private static final String FAILED = "failed enqueueing";
    private static final String QUEUE = "execution.queue";

    private final TaskStore store;
    private final StatusMachine machine;
    private final QueueEntries queues;
    private final QueueWorkers workers;
    private final TaskReferences references;
    private final TaskQueueLock lock;

    Enqueueing(
            TaskStore store,
            StatusMachine machine,
            QueueEntries queues,
            QueueWorkers workers,
            TaskReferences references,
            TaskQueueLock lock) {
        this.store = store;
        this.machine = machine;
        this.queues = queues;
        this.workers = workers;
        this.references = references;
        this.lock = lock;
    }

    /**
     * Where to, and why.
     *
     * @param queueName made if it is missing; without queue and name the default queue is meant
     * @param setsQueue whether the task is to remember the queue
     */
    record Order(
            @Nullable String queue,
            @Nullable String queueName,
            @Nullable String reason,
            @Nullable String message,
            boolean force,
            boolean setsQueue) {

        static Order of(QueueApi.Enqueue request) {
            if (request.verifyWatchedQueue() && !request.updateExecutionQueue()) {
                throw ApiError.VALIDATION_ERROR.of(
                        "verify_watched_queue cannot be used with update_execution_queue=false");
            }
            Order order = new Order(
                    emptyToNull(request.queue()),
                    emptyToNull(request.queueName()),
                    request.statusReason(),
                    request.statusMessage(),
                    request.force(),
                    request.updateExecutionQueue());
            order.requireOneQueue();
            return order;
        }

        void requireOneQueue() {
            if (queue != null && queueName != null) {
                throw ApiError.VALIDATION_ERROR.of("Either queue or queue_name should be provided, not both");
            }
        }

        private static @Nullable String emptyToNull(@Nullable String text) {
            return text == null || text.isEmpty() ? null : text;
        }
    }

    /** A task that is in a queue now. */
    record Queued(String queue, Updated updated) {}

    Queued enqueue(String id, Order order, Caller caller) {
        return lock.holding(id, () -> enqueueAlone(id, order, caller));
    }

    private Queued enqueueAlone(String id, Order order, Caller caller) {
        Document task = store.forWriting(
                id, caller.company(), "status", "project", "enqueue_status", "execution.queue", "system_tags");
        if (!order.setsQueue()) {
            requireQueued(task);
        }
        if (!order.force()) {
            StatusMachine.require(TaskStatus.of(task), TaskStatus.QUEUED);
        }
        String queue = queue(order, caller);
        StatusChange change = StatusChange.to(TaskStatus.QUEUED, caller)
                .because(order.reason(), order.message())
                .forced(order.force())
                .set("enqueue_status", before(task))
                .unset(Outrun.STARTED_BY);
        if (order.setsQueue()) {
            change.set(QUEUE, queue);
        }
        if (hasRun(task)) {
            change.unset(TasksOfQueues.RETURNED);
        }
        // Of the same time, so that it is known of each entry for which enqueueing it was made.
        Unsettled coming = queues.announce(new Unsettled(id, queue, caller.company(), change.time(), false));
        Updated updated = apply(change, task, coming);
        List<Unsettled> left = queues.removeFromOthers(coming);
        enter(coming, left, task, caller);
        withdrawUnlessQueued(id, queue, caller);
        return new Queued(queue, updated);
    }

    private static boolean hasRun(Document task) {
        return switch (TaskStatus.of(task)) {
            case CREATED, QUEUED -> false;
            default -> true;
        };
    }

    private Updated apply(StatusChange change, Document task, Unsettled coming) {
        try {
            return machine.apply(change, task);
        } catch (ApiException e) {
            queues.settled(coming);
            throw e;
        }
    }

    /**
     * The task may have been deleted with its project, or its queue emptied, before it had its entry. An entry that is
     * gone by now was taken by a worker, whatever became of the task then.
     */
    private void withdrawUnlessQueued(String id, String queue, Caller caller) {
        TaskStatus now = store.find(id, "status").map(TaskStatus::of).orElse(null);
        if (now != TaskStatus.QUEUED && queues.isIn(id, queue, caller.company())) {
            queues.removeFromAll(id, caller.company());
            if (now == null) {
                throw TaskStore.unknown(id, caller.company());
            }
            throw ApiError.FAILED_CHANGING_TASK_STATUS
                    .with("task_id", id)
                    .with("current_status", now.text())
                    .with("new_status", TaskStatus.QUEUED.text());
        }
    }

    private static void requireQueued(Document task) {
        boolean hasQueue = task.get("execution") instanceof Map<?, ?> execution && execution.get("queue") != null;
        if (TaskStatus.of(task) != TaskStatus.QUEUED || !hasQueue) {
            throw ApiError.VALIDATION_ERROR.of(
                    "Cannot skip setting execution queue for a task that is not enqueued or does not have execution queue set");
        }
    }

    private String queue(Order order, Caller caller) {
        if (order.queue() != null) {
            return order.queue();
        }
        return order.queueName() == null
                ? queues.defaultQueue(caller.company())
                : queues.findOrCreate(order.queueName(), caller.company());
    }

    /** The status to go back to: never {@code queued} itself, or a task could not leave it. */
    private static String before(Document task) {
        TaskStatus current = TaskStatus.of(task);
        TaskStatus earlier = TaskStatus.byText(task.get("enqueue_status"));
        if (current != TaskStatus.QUEUED) {
            return current.text();
        }
        return (earlier == null || earlier == TaskStatus.QUEUED ? TaskStatus.CREATED : earlier).text();
    }

    /** @param left the queues that the task was in before, and is in again if this fails */
    private void enter(Unsettled coming, List<Unsettled> left, Document task, Caller caller) {
        try {
            if (!queues.enter(coming) && isLost(coming)) {
                // It took longer than the lock is held.
                enterAgain(coming);
            }
        } catch (RuntimeException e) {
            giveBack(task, caller);
            if (TaskStatus.of(task) == TaskStatus.QUEUED) {
                left.forEach(this::enterAgain);
            }
            throw e;
        }
    }

    private void enterAgain(Unsettled task) {
        queues.enter(queues.announce(task));
    }

    private boolean isLost(Unsettled coming) {
        return coming.added() != null && !queues.isKnown(coming.task(), coming.company(), coming.added());
    }

    private void giveBack(Document task, Caller caller) {
        StatusChange back = StatusChange.to(TaskStatus.of(task), caller)
                .because(FAILED, "")
                .forced(true)
                .set("enqueue_status", task.get("enqueue_status"));
        Object former = task.getEmbedded(List.of("execution", "queue"), Object.class);
        back.also(former == null ? Updates.unset(QUEUE) : Updates.set(QUEUE, former));
        if (task.get("system_tags") instanceof Collection<?> tags && tags.contains(TaskTags.DEVELOPMENT)) {
            back.also(Updates.addToSet("system_tags", TaskTags.DEVELOPMENT));
        }
        machine.apply(back, new Document(task).append("status", TaskStatus.QUEUED.text()));
    }

    boolean isWatched(String queue, Caller caller) {
        return workers.isWatched(queue, caller.company());
    }

    /** Each task on its own; whether the queue is watched is told once. */
    Map<String, Object> enqueueAll(QueueApi.EnqueueMany request, Caller caller) {
        Order order = new Order(
                Order.emptyToNull(request.queue()),
                Order.emptyToNull(request.queueName()),
                request.statusReason(),
                request.statusMessage(),
                false,
                true);
        order.requireOneQueue();
        AtomicReference<@Nullable String> firstQueue = new AtomicReference<>();
        Batch batch = Batch.of(request.ids(), id -> {
            if (request.validateTasks()) {
                references.checkStored(id, caller);
            }
            Queued queued = enqueue(id, order, caller);
            firstQueue.compareAndSet(null, queued.queue());
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("queued", true);
            item.putAll(queued.updated().members());
            return item;
        });
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("succeeded", batch.succeeded());
        answer.put("failed", batch.failed());
        String queue = firstQueue.get();
        if (request.verifyWatchedQueue() && queue != null) {
            answer.put("queue_watched", isWatched(queue, caller));
        }
        return answer;
    }
}
