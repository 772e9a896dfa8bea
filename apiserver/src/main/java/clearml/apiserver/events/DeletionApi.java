package clearml.apiserver.events;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.store.elastic.Queries;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Endpoints that delete events; published tasks and models keep theirs unless {@code allow_locked} is said. */
@ApiController
class DeletionApi {

    private final DeletableEntities entities;
    private final EventDeletion deletion;

    DeletionApi(DeletableEntities entities, EventDeletion deletion) {
        this.entities = entities;
        this.deletion = deletion;
    }

    record TaskRequest(@Field(required = true) String task, boolean allowLocked) {}

    /** {@code {deleted: <how many>}}; 400/101 for an unknown or published task, 403/21 for a public one. */
    @ApiCall("events.delete_for_task")
    Map<String, Object> deleteForTask(TaskRequest request, Caller caller) {
        entities.requireTask(request.task(), request.allowLocked(), caller);
        return Map.of("deleted", deletion.delete(caller.company(), List.of(request.task())));
    }

    record ModelRequest(@Field(required = true) String model, boolean allowLocked) {}

    /** {@code {deleted: <how many>}}; 400/201 for an unknown or published model. */
    @ApiCall("events.delete_for_model")
    Map<String, Object> deleteForModel(ModelRequest request, Caller caller) {
        entities.requireModel(request.model(), request.allowLocked(), caller);
        return Map.of("deleted", deletion.delete(caller.company(), List.of(request.model())));
    }

    /** @param thresholdSec only lines older than so many seconds; null or 0 for all */
    record LogRequest(
            @Field(required = true) String task,
            boolean allowLocked,
            @Nullable Long thresholdSec,
            List<String> includeMetrics,
            List<String> excludeMetrics) {}

    /** {@code {deleted: <how many>}}: lines of the console log, all or only those of some metrics or age. */
    @ApiCall("events.clear_task_log")
    Map<String, Object> clearTaskLog(LogRequest request, Caller caller) {
        entities.requireTask(request.task(), request.allowLocked(), caller);
        EventQuery query = EventQuery.ofTask(request.task());
        Long seconds = request.thresholdSec();
        if (seconds != null && seconds != 0) {
            query.and(Queries.range("timestamp", "lt", System.currentTimeMillis() - seconds * 1000));
        }
        if (!request.includeMetrics().isEmpty()) {
            query.and(Queries.terms("metric", request.includeMetrics()));
        }
        if (!request.excludeMetrics().isEmpty()) {
            query.and(Queries.not(Queries.terms("metric", request.excludeMetrics())));
        }
        EventScope log = new EventScope(List.of(caller.company()), List.of(request.task()), EventType.LOG);
        return Map.of("deleted", deletion.delete(log, query.query()));
    }
}
