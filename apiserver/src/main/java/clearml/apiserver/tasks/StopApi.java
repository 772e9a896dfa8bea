package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Batch;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stopping tasks and putting them away. */
@ApiController
class StopApi {

    private final Stopping stopping;
    private final Archiving archiving;

    StopApi(Stopping stopping, Archiving archiving) {
        this.stopping = stopping;
        this.archiving = archiving;
    }

    record Stop(
            @Field(required = true) String task,
            @Nullable String statusReason,
            boolean force,
            boolean includePipelineSteps) {}

    record StopMany(
            @Field(required = true, minItems = 1) List<String> ids,
            @Nullable String statusReason,
            boolean force,
            boolean includePipelineSteps) {}

    record Archive(
            @Field(required = true, minItems = 1) List<String> tasks,
            @Nullable String statusReason,
            @Nullable String statusMessage,
            boolean includePipelineSteps) {}

    record ArchiveMany(
            @Field(required = true, minItems = 1) List<String> ids,
            @Nullable String statusReason,
            @Nullable String statusMessage,
            boolean includePipelineSteps) {

        Archiving.Order order() {
            return new Archiving.Order(statusReason, statusMessage, includePipelineSteps);
        }
    }

    /** Stops a task, or asks those who run it to: the status is unchanged then and the message {@code stopping}. */
    @ApiCall("tasks.stop")
    Updated stop(Stop request, Caller caller) {
        return stopping.stop(
                request.task(), request.statusReason(), request.force(), request.includePipelineSteps(), caller);
    }

    /** The same for many tasks. */
    @ApiCall("tasks.stop_many")
    Batch stopMany(StopMany request, Caller caller) {
        return Batch.of(
                request.ids(),
                id -> stopping.stop(id, request.statusReason(), request.force(), request.includePipelineSteps(), caller)
                        .members());
    }

    /** Archives tasks, all or none: {@code {"archived": n}}. */
    @ApiCall("tasks.archive")
    Map<String, Object> archive(Archive request, Caller caller) {
        Archiving.Order order =
                new Archiving.Order(request.statusReason(), request.statusMessage(), request.includePipelineSteps());
        return Map.of("archived", archiving.archiveAll(request.tasks(), order, caller));
    }

    /** Archives tasks one by one. */
    @ApiCall("tasks.archive_many")
    Batch archiveMany(ArchiveMany request, Caller caller) {
        return Batch.of(request.ids(), id -> {
            archiving.archive(id, request.order(), caller);
            return Map.of("archived", true);
        });
    }

    /** Takes tasks back out of the archive. */
    @ApiCall("tasks.unarchive_many")
    Batch unarchiveMany(ArchiveMany request, Caller caller) {
        return Batch.of(request.ids(), id -> {
            archiving.unarchive(id, request.order(), caller);
            return Map.of("unarchived", true);
        });
    }
}
