package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.queues.QueueEntries;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Notes what those that run a task report of it. */
@Component
class StatusReports {

    private static final String[] OF_CHANGE = {"status", "project"};
    private static final String[] OF_START = {"status", "project", "started", "status_message", Outrun.STARTED_BY};

    private final TaskStore store;
    private final StatusMachine machine;
    private final QueueEntries queues;
    private final Outrun outrun;

    StatusReports(TaskStore store, StatusMachine machine, QueueEntries queues, Outrun outrun) {
        this.queues = queues;
        this.outrun = outrun;
        this.store = store;
        this.machine = machine;
    }

    /** An agent tells several times that a task begins; who has asked for its end meanwhile is not to be overheard. */
    Updated started(TaskStatusApi.Report report, Caller caller) {
        if (store.find(report.task(), "_id").isEmpty()) {
            throw ApiError.INVALID_ID.with("task", null);
        }
        Document task = store.forWriting(report.task(), caller.company(), OF_START);
        StatusChange change = change(TaskStatus.IN_PROGRESS, report, caller);
        boolean isQueued = TaskStatus.of(task) == TaskStatus.QUEUED;
        if (!isQueued) {
            outrun.require(task, caller);
        }
        if (TaskStatus.of(task) == TaskStatus.IN_PROGRESS && task.get("started") != null) {
            if (Stopping.isAsked(task)) {
                change.because(report.statusReason(), Stopping.STOPPING);
            }
            change.also(Updates.min("started", new Date()));
        } else {
            change.setNow("started").unset("completed", "active_duration");
        }
        if (!isQueued) {
            return machine.apply(change, task);
        }
        List<Document> known = outrun.note(change, task, caller);
        Updated updated = machine.apply(change, task);
        queues.started(report.task(), caller.company(), known);
        return updated;
    }

    /** Stopped, failed or completed, now. */
    Updated ended(TaskStatus how, TaskStatusApi.Report report, Caller caller) {
        Document task = store.forWriting(report.task(), caller.company(), OF_CHANGE);
        return machine.apply(change(how, report, caller).setNow("completed"), task);
    }

    Updated closed(TaskStatusApi.Report report, Caller caller) {
        Document task = store.forWriting(report.task(), caller.company(), OF_CHANGE);
        return machine.apply(change(TaskStatus.CLOSED, report, caller), task);
    }

    private static StatusChange change(TaskStatus status, TaskStatusApi.Report report, Caller caller) {
        return StatusChange.to(status, caller)
                .because(report.statusReason(), report.statusMessage())
                .forced(report.force());
    }

    /** Moves the times of a task of the caller's; another's is left alone. */
    void alive(String id, Caller caller) {
        Bson own = Filters.and(Filters.eq("_id", id), Filters.eq("company", caller.company()));
        Date now = new Date();
        Document before = store.updateAndGetBefore(
                own,
                Updates.combine(
                        Updates.set("last_update", now),
                        Updates.set("last_change", now),
                        Updates.set("last_changed_by", caller.user())),
                "status",
                "started");
        if (before != null) {
            ActiveTime.note(store, own, before, now);
        }
    }
}
