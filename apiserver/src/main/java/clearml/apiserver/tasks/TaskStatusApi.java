package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What those that run a task report of its status. All answer {@code {"updated": 1, "fields": {...}}}; 400/110 for a
 * change that the status does not allow (unless forced), 400/121 when somebody else changed it in between.
 */
@ApiController
class TaskStatusApi {

    private final StatusReports reports;

    TaskStatusApi(StatusReports reports) {
        this.reports = reports;
    }

    /** A report: what happened to which task and why. */
    record Report(
            @Field(required = true) String task,
            @Nullable String statusReason,
            @Nullable String statusMessage,
            boolean force) {}

    record OfTask(@Field(required = true) String task) {}

    record Started(long updated, Map<String, @Nullable Object> fields, long started) {}

    /** The task runs. 400/10 when there is no such task. */
    @ApiCall("tasks.started")
    Started started(Report request, Caller caller) {
        Updated updated = reports.started(request, caller);
        return new Started(updated.updated(), updated.fields(), updated.updated());
    }

    /** The task was stopped by its user. */
    @ApiCall("tasks.stopped")
    Updated stopped(Report request, Caller caller) {
        return reports.ended(TaskStatus.STOPPED, request, caller);
    }

    /** The task failed. */
    @ApiCall("tasks.failed")
    Updated failed(Report request, Caller caller) {
        return reports.ended(TaskStatus.FAILED, request, caller);
    }

    /** A stopped task is closed. */
    @ApiCall("tasks.close")
    Updated close(Report request, Caller caller) {
        return reports.closed(request, caller);
    }

    /** The task is alive; never fails for a known or unknown task. */
    @ApiCall("tasks.ping")
    Map<String, Object> ping(OfTask request, Caller caller) {
        reports.alive(request.task(), caller);
        return Map.of();
    }
}
