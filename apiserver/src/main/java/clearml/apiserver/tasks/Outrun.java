package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.queues.QueueEntries;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.stereotype.Component;

/**
 * A task that has come back to its queue, or was enqueued anew while a worker had it, may have been handed out to several
 * workers, of which the slow ones are not dead.
 * The first to start it runs it. The others are noted in the task, in {@code x_outrun}, and may not start it any more. Who
 * cannot be told from the first, by machine, user and address, is not noted.
 */
@Component
class Outrun {

    /** {@code {"started", "by": [...]}}: for that run only. */
    static final String OUTRUN = "x_outrun";

    private static final String STARTED = "started";
    private static final String BY = "by";

    private final QueueEntries queues;

    Outrun(QueueEntries queues) {
        this.queues = queues;
    }

    /**
     * Notes who else has got a task, read with {@code status_changed} and {@code x_returned}, that is started now. One that
     * only one worker has got may be started from anywhere first, as from a container that the worker has made.
     */
    void note(StatusChange change, Document task, Caller caller) {
        Document worker = QueueEntries.worker(caller);
        List<Document> all = new ArrayList<>(TasksOfQueues.returnedFrom(task));
        boolean cameBack = !all.isEmpty();
        all.addAll(queues.pulledBy(TaskStore.id(task), caller.company()));
        if (!cameBack && !all.contains(worker)) {
            return;
        }
        all.removeIf(worker::equals);
        if (!all.isEmpty()) {
            change.also(Updates.set(OUTRUN, new Document(STARTED, change.time()).append(BY, all)));
        }
    }

    /** 400/121 for who may not start a running task, read with {@code started} and {@code x_outrun}. */
    void require(Document task, Caller caller) {
        if (task.get(OUTRUN) instanceof Document outrun
                && outrun.get(STARTED) instanceof Date started
                && started.equals(task.get(STARTED))
                && outrun.getList(BY, Document.class, List.of()).contains(QueueEntries.worker(caller))) {
            throw runsElsewhere(task);
        }
    }

    private static ApiException runsElsewhere(Document task) {
        return ApiError.FAILED_CHANGING_TASK_STATUS
                .of("another worker was faster")
                .with("task_id", TaskStore.id(task))
                .with("current_status", TaskStatus.of(task).text())
                .with("new_status", TaskStatus.IN_PROGRESS.text());
    }
}
