package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.queues.TaskQueueLock;
import clearml.apiserver.queues.Unsettled;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** Makes tasks drafts again: what they were told stays, what they made goes. */
@Component
class Resetting {

    private static final String[] NEEDED = {
        "status", "project", "enqueue_status", "execution.queue", "execution.artifacts", "models"
    };

    private final TaskStore store;
    private final Dequeueing dequeueing;
    private final Cleanup cleanup;
    private final TaskTraces traces;
    private final TaskQueueLock lock;

    Resetting(TaskStore store, Dequeueing dequeueing, Cleanup cleanup, TaskTraces traces, TaskQueueLock lock) {
        this.store = store;
        this.dequeueing = dequeueing;
        this.cleanup = cleanup;
        this.traces = traces;
        this.lock = lock;
    }

    /**
     * A task that was reset.
     *
     * @param removed how many entries left its queue
     * @param withFiles whether its files are to be deleted
     */
    record Done(String task, Updated updated, int removed, Cleanup.Done cleanup, boolean withFiles) {}

    /** Everything but the events. */
    Done reset(CleanupApi.Reset request, Caller caller) {
        return lock.holding(request.task(), () -> resetAlone(request, caller));
    }

    private Done resetAlone(CleanupApi.Reset request, Caller caller) {
        Document task = store.forWriting(request.task(), caller.company(), NEEDED);
        TaskStatus status = TaskStatus.of(task);
        if (!request.force()) {
            if (status == TaskStatus.PUBLISHED) {
                throw ApiError.INVALID_TASK_STATUS
                        .with("task_id", request.task())
                        .with("status", status.text());
            }
            StatusMachine.require(status, TaskStatus.CREATED);
        }
        Cleanup.Plan plan = cleanup.plan(task, request.force(), false, caller);
        List<Unsettled> left = dequeueing.leaveAll(task, caller);
        Cleanup.Done done = cleanup.apply(plan, false, request.deleteOutputModels(), caller);
        Updated updated = dequeueing.change(change(task, request, caller), task, left);
        return new Done(request.task(), updated, removed(task, left), done, request.deleteExternalArtifacts());
    }

    private static int removed(Document task, List<Unsettled> left) {
        boolean itsOwn = TaskStatus.of(task) == TaskStatus.QUEUED
                && left.stream().anyMatch(taken -> taken.queue().equals(Dequeueing.queue(task)));
        return itsOwn ? 1 : 0;
    }

    private static StatusChange change(Document task, CleanupApi.Reset request, Caller caller) {
        StatusChange change = StatusChange.to(TaskStatus.CREATED, caller)
                .because("reset", "reset")
                .forced(request.force())
                .set("last_iteration", 0)
                .set("last_metrics", new Document())
                .set("unique_metrics", new ArrayList<>())
                .set("metric_stats", new Document())
                .set("models.output", new ArrayList<>())
                .set("runtime", new Document())
                .unset("output.result", "output.error", "last_worker", "last_worker_report", "started")
                .unset("completed", "published", "active_duration", "enqueue_status");
        if (request.clearAll()) {
            return change.set("execution", TaskDefaults.execution()).unset("script");
        }
        return change.unset("execution.queue").also(Updates.set("execution.artifacts", inputs(task)));
    }

    private static Document inputs(Document task) {
        Document inputs = new Document();
        if (task.get("execution") instanceof Document execution
                && execution.get("artifacts") instanceof Document artifacts) {
            artifacts.forEach((key, artifact) -> {
                if (artifact instanceof Map<?, ?> item && Artifacts.INPUT.equals(item.get("mode"))) {
                    inputs.put(key, artifact);
                }
            });
        }
        return inputs;
    }

    /** The events of tasks that were reset, and the files that nothing needs any more. */
    void deleteEvents(List<Done> all, Caller caller, boolean wait) {
        Map<String, Cleanup.Done> cleanups = new LinkedHashMap<>();
        all.forEach(done -> cleanups.put(done.task(), done.cleanup()));
        traces.delete(cleanups, all.stream().anyMatch(Done::withFiles), wait, caller);
    }
}
