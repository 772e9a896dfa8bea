package clearml.apiserver.tasks;

import clearml.apiserver.call.Caller;
import clearml.apiserver.queues.TaskQueueLock;
import clearml.apiserver.queues.Unsettled;
import clearml.config.ServerConfig;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stops tasks: at once when nobody runs them, else by a message that those who run them look for. They report the task
 * stopped then.
 */
@Component
class Stopping {

    private static final String[] NEEDED = {
        "status",
        "status_message",
        "project",
        "type",
        "system_tags",
        "last_worker",
        "last_worker_report",
        "last_update",
        "execution.queue"
    };

    /** Whoever runs a task looks for this message. */
    static final String STOPPING = "stopping";

    private final TaskStore store;
    private final StatusMachine machine;
    private final Dequeueing dequeueing;
    private final TaskQueueLock lock;
    private final Duration silence;

    Stopping(TaskStore store, StatusMachine machine, Dequeueing dequeueing, TaskQueueLock lock, ServerConfig config) {
        this.store = store;
        this.machine = machine;
        this.dequeueing = dequeueing;
        this.lock = lock;
        this.silence = Duration.ofSeconds(config.longInteger("apiserver.workers.task_update_timeout"));
    }

    Updated stop(String id, @Nullable String reason, boolean force, boolean withSteps, Caller caller) {
        Document task = store.forWriting(id, caller.company(), "type");
        if (withSteps && TaskType.CONTROLLER.text().equals(task.get("type"))) {
            for (Document step : activeSteps(id, caller.company())) {
                stop(TaskStore.id(step), reason, true, caller);
            }
        }
        return stop(id, reason, force, caller);
    }

    /** Steps that are finished or were never started are left as they are. */
    private List<Document> activeSteps(String controller, String company) {
        Bson active = Filters.in("status", TaskStatus.QUEUED.text(), TaskStatus.IN_PROGRESS.text());
        return store.list(Filters.and(Filters.eq("company", company), Filters.eq("parent", controller), active), "_id");
    }

    private Updated stop(String id, @Nullable String reason, boolean force, Caller caller) {
        return lock.holding(id, () -> stop(store.forWriting(id, caller.company(), NEEDED), reason, force, caller));
    }

    private Updated stop(Document task, @Nullable String reason, boolean force, Caller caller) {
        TaskStatus current = TaskStatus.of(task);
        if (current == TaskStatus.QUEUED || isOnDevelopersMachine(task) || !isRunByWorker(task)) {
            if (!force) {
                StatusMachine.require(current, TaskStatus.STOPPED);
            }
            List<Unsettled> left = dequeueing.leave(task, caller);
            String message = "Stopped by " + caller.identity().userName();
            StatusChange change = StatusChange.to(TaskStatus.STOPPED, caller)
                    .because(reason, message)
                    .forced(force);
            return dequeueing.change(change, task, left);
        }
        return machine.apply(
                StatusChange.to(current, caller).because(reason, STOPPING).forced(true), task);
    }

    private static boolean isOnDevelopersMachine(Document task) {
        return task.get("system_tags") instanceof Collection<?> tags && tags.contains(TaskTags.DEVELOPMENT);
    }

    /** Whether a task, read with its {@code status_message}, was asked to stop. */
    static boolean isAsked(Document task) {
        return STOPPING.equals(task.get("status_message"));
    }

    /** To have been asked to stop is no sign of life, though it moves the time of the last update. */
    private boolean isRunByWorker(Document task) {
        boolean byReport = isAsked(task) && task.get("last_worker_report") != null;
        return task.get("last_worker") != null
                && task.get(byReport ? "last_worker_report" : "last_update") instanceof Date last
                && last.getTime() > System.currentTimeMillis() - silence.toMillis();
    }
}
