package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Batch;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The end of tasks: completed, published. */
@ApiController
class PublishApi {

    private final StatusReports reports;
    private final Publishing publishing;

    PublishApi(StatusReports reports, Publishing publishing) {
        this.reports = reports;
        this.publishing = publishing;
    }

    record Completed(
            @Field(required = true) String task,
            @Nullable String statusReason,
            @Nullable String statusMessage,
            boolean force,
            boolean publish) {

        TaskStatusApi.Report report() {
            return new TaskStatusApi.Report(task, statusReason, statusMessage, force);
        }
    }

    record Publish(
            @Field(required = true) String task,
            @Nullable String statusReason,
            @Nullable String statusMessage,
            boolean force,
            @Field(or = "true") boolean publishModel) {}

    record PublishMany(
            @Field(required = true, minItems = 1) List<String> ids,
            @Nullable String statusReason,
            @Nullable String statusMessage,
            boolean force,
            @Field(or = "true") boolean publishModel) {}

    record CompletedAnswer(long updated, Map<String, @Nullable Object> fields, long published) {}

    /** The task has run to its end; with {@code publish} it is published at once. */
    @ApiCall(value = "tasks.completed", since = "2.2")
    CompletedAnswer completed(Completed request, Caller caller) {
        Updated updated = reports.ended(TaskStatus.COMPLETED, request.report(), caller);
        if (!request.publish()) {
            return new CompletedAnswer(updated.updated(), updated.fields(), 0);
        }
        Updated published = publishing.publish(
                request.task(),
                new Publishing.Order(request.statusReason(), request.statusMessage(), request.force(), true),
                caller);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(updated.fields());
        fields.putAll(published.fields());
        return new CompletedAnswer(updated.updated(), fields, published.updated());
    }

    /** Publishes a finished task, and unless told otherwise the last of its output models. */
    @ApiCall("tasks.publish")
    Updated publish(Publish request, Caller caller) {
        return publishing.publish(
                request.task(),
                new Publishing.Order(
                        request.statusReason(), request.statusMessage(), request.force(), request.publishModel()),
                caller);
    }

    /** The same for many tasks. */
    @ApiCall("tasks.publish_many")
    Batch publishMany(PublishMany request, Caller caller) {
        Publishing.Order order = new Publishing.Order(
                request.statusReason(), request.statusMessage(), request.force(), request.publishModel());
        return Batch.of(
                request.ids(), id -> publishing.publish(id, order, caller).members());
    }
}
