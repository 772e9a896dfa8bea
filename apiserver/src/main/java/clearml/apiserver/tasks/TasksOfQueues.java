package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.queues.QueueTasks;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What happens to the entries of queues shows in the tasks. */
@Component
class TasksOfQueues implements QueueTasks {

    private static final String QUEUE = "execution.queue";

    /**
     * {@code {"enqueued", "times", "by": [...]}}: how often it came back to its queue since it was enqueued, and who has got
     * it since it last ran and is not noted in a queue any more.
     */
    static final String RETURNED = "x_returned";

    private static final String BY = RETURNED + ".by";

    private final TaskStore store;
    private final StatusMachine machine;

    TasksOfQueues(TaskStore store, StatusMachine machine) {
        this.store = store;
        this.machine = machine;
    }

    @Override
    public void setQueue(String task, String queue) {
        store.update(Filters.eq("_id", task), Updates.set(QUEUE, queue));
    }

    @Override
    public boolean takeBack(String id, String queue, String reason, Caller caller) {
        Document task = store.find(id, "company", "status", "project", "enqueue_status", QUEUE)
                .orElse(null);
        if (task == null
                || !caller.company().equals(task.get("company"))
                || !queue.equals(task.getEmbedded(List.of("execution", "queue"), Object.class))) {
            return false;
        }
        StatusChange change = StatusChange.to(Dequeueing.before(task), caller)
                .because(reason, "")
                .forced(true)
                .set("enqueue_status", null)
                .unset(QUEUE);
        try {
            machine.apply(change, task);
        } catch (ApiException e) {
            // Somebody else has just taken it on, so it is theirs.
            return false;
        }
        return true;
    }

    @Override
    public @Nullable Pulled pulled(String id, @Nullable Date added) {
        Document task = store.find(id, "company", "user", "status", "started").orElse(null);
        if (task == null) {
            return null;
        }
        boolean begun = isBegun(task, added);
        if (!begun && TaskStatus.of(task) == TaskStatus.STOPPED) {
            store.update(
                    Filters.and(Filters.eq("_id", id), Filters.eq("status", TaskStatus.STOPPED.text())),
                    Updates.set("status", TaskStatus.QUEUED.text()));
        }
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("company", task.get("company"));
        info.put("user", task.get("user"));
        return new Pulled(info, begun);
    }

    /** An entry that a server has left, as it died when the task was started, is no reason to run it again. */
    private static boolean isBegun(Document task, @Nullable Date added) {
        return switch (TaskStatus.of(task)) {
            case IN_PROGRESS -> true;
            case QUEUED, CREATED -> false;
            default -> added != null && task.get("started") instanceof Date started && !started.before(added);
        };
    }

    @Override
    public @Nullable Waiting waiting(String id) {
        Document task = store.find(id, "status", "status_changed", "last_update", QUEUE, RETURNED)
                .orElse(null);
        if (task == null
                || TaskStatus.of(task) != TaskStatus.QUEUED
                || !(task.get("status_changed") instanceof Date enqueued)) {
            return null;
        }
        Date lastUpdate = task.get("last_update") instanceof Date date ? date : enqueued;
        return new Waiting(
                enqueued,
                lastUpdate,
                returned(task).map(before -> before.getInteger("times")).orElse(0),
                Dequeueing.queue(task));
    }

    /** What is noted of its returns since it was enqueued. */
    private static Optional<Document> returned(Document task) {
        return task.get(RETURNED) instanceof Document before
                        && before.get("enqueued") instanceof Date enqueued
                        && enqueued.equals(task.get("status_changed"))
                ? Optional.of(before)
                : Optional.empty();
    }

    /** Who has got a task, read with {@code x_returned}, since it last ran and did not start it in time. */
    static List<Document> slow(Document task) {
        return task.get(RETURNED) instanceof Document before
                ? before.getList("by", Document.class, List.of())
                : List.of();
    }

    @Override
    public void returned(String id, Waiting waiting, Document by) {
        store.update(
                queued(id),
                Updates.combine(
                        Updates.set(RETURNED + ".enqueued", waiting.enqueued()),
                        Updates.set(RETURNED + ".times", waiting.returns() + 1),
                        Updates.addToSet(BY, by)));
    }

    @Override
    public void gotten(String id, Document by) {
        store.update(Filters.eq("_id", id), Updates.addToSet(BY, by));
    }

    @Override
    public boolean giveUp(String id, String reason) {
        StatusChange change = StatusChange.to(TaskStatus.FAILED, "__apiserver__")
                .because(reason, reason)
                .setNow("completed");
        return store.update(queued(id), change.changes()) > 0;
    }

    private static Bson queued(String id) {
        return Filters.and(Filters.eq("_id", id), Filters.eq("status", TaskStatus.QUEUED.text()));
    }
}
