package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.queues.QueueEntries;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.stereotype.Component;

/**
 * A task that has come back to its queue, or was enqueued anew while a worker had it, may have been handed out to several
 * workers, of which the slow ones are not dead. The first to start it runs it; the task notes which one that is, in the
 * update that starts it. The others are known, as the queue notes each in the update that hands the task out and the notes
 * only ever move from there into the task. They may not start it any more. Who cannot be told from the first, by machine,
 * user and address, still may.
 */
@Component
class Outrun {

    /** {@code {"started", "by": {"worker", "user", "ip"}}}: for the run that began then only. */
    static final String STARTED_BY = "x_started_by";

    /** Whoever starts a task that is over later than this means to run it again. */
    private static final Duration SLOWEST = Duration.ofHours(1);

    private static final String STARTED = "started";
    private static final String BY = "by";

    private final TaskStore store;
    private final QueueEntries queues;

    Outrun(TaskStore store, QueueEntries queues) {
        this.store = store;
        this.queues = queues;
    }

    /**
     * Notes who starts a queued task. One that the caller has not got may be started from anywhere first, as from a container
     * that the worker has made, unless it was handed out before.
     *
     * @return those whom the queues need not remember once the task has started
     */
    List<Document> note(StatusChange change, Document task, Caller caller) {
        Document worker = QueueEntries.worker(caller);
        List<Document> all = queues.pulledBy(TaskStore.id(task), caller.company());
        if (!all.contains(worker) && slow(task).isEmpty()) {
            return all;
        }
        change.also(Updates.set(STARTED_BY, new Document(STARTED, change.time()).append(BY, worker)));
        return List.of(worker);
    }

    /**
     * 400/121 for who may not start a task any more, read with status, {@code started} and {@code x_started_by}, which runs
     * or has run.
     */
    void require(Document task, Caller caller) {
        Document worker = QueueEntries.worker(caller);
        if (task.get(STARTED_BY) instanceof Document first
                && isOfThisRun(first, task)
                && !worker.equals(first.get(BY))
                && (queues.pulledBy(TaskStore.id(task), caller.company()).contains(worker)
                        || slow(task).contains(worker))) {
            throw runsElsewhere(task);
        }
    }

    /** Those whom the queues no longer remember: to be asked for after the queues, as notes move from there to here. */
    private List<Document> slow(Document task) {
        return store.find(TaskStore.id(task), TasksOfQueues.RETURNED)
                .map(TasksOfQueues::slow)
                .orElse(List.of());
    }

    /** Another report of the start may have been earlier, by its server's clock. */
    private static boolean isOfThisRun(Document first, Document task) {
        return first.get(STARTED) instanceof Date noted
                && task.get(STARTED) instanceof Date started
                && !started.after(noted)
                && (TaskStatus.of(task) == TaskStatus.IN_PROGRESS
                        || System.currentTimeMillis() - noted.getTime() < SLOWEST.toMillis());
    }

    private static ApiException runsElsewhere(Document task) {
        return ApiError.FAILED_CHANGING_TASK_STATUS
                .of("another worker was faster")
                .with("task_id", TaskStore.id(task))
                .with("current_status", TaskStatus.of(task).text())
                .with("new_status", TaskStatus.IN_PROGRESS.text());
    }
}
