package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.queues.QueueEntries;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Date;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Notes what those that run a task report of it. */
@Component
class StatusReports {

    private static final String[] OF_CHANGE = {"status", "project"};

    private final TaskStore store;
    private final StatusMachine machine;
    private final QueueEntries queues;

    StatusReports(TaskStore store, StatusMachine machine, QueueEntries queues) {
        this.queues = queues;
        this.store = store;
        this.machine = machine;
    }

    Updated started(TaskStatusApi.Report report, Caller caller) {
        if (store.find(report.task(), "_id").isEmpty()) {
            throw ApiError.INVALID_ID.with("task", null);
        }
        Document task = store.forWriting(report.task(), caller.company(), "status", "project", "started");
        StatusChange change = change(TaskStatus.IN_PROGRESS, report, caller);
        if (TaskStatus.of(task) == TaskStatus.IN_PROGRESS && task.get("started") != null) {
            change.also(Updates.min("started", new Date()));
        } else {
            change.setNow("started").unset("completed", "active_duration");
        }
        Updated updated = machine.apply(change, task);
        if (TaskStatus.of(task) == TaskStatus.QUEUED) {
            queues.started(report.task(), caller.company());
        }
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
