package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Batch;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Making tasks drafts again, and deleting them; what they made goes with them. */
@ApiController
class CleanupApi {

    private final Resetting resetting;
    private final Deletion deletion;

    CleanupApi(Resetting resetting, Deletion deletion) {
        this.resetting = resetting;
        this.deletion = deletion;
    }

    record Reset(
            @Field(required = true) String task,
            boolean force,
            boolean clearAll,
            boolean returnFileUrls,
            @Field(or = "true") boolean deleteOutputModels,
            @Field(or = "true") boolean deleteExternalArtifacts) {}

    record ResetMany(
            @Field(required = true, minItems = 1) List<String> ids,
            boolean force,
            boolean clearAll,
            boolean returnFileUrls,
            @Field(or = "true") boolean deleteOutputModels,
            @Field(or = "true") boolean deleteExternalArtifacts) {

        Reset of(String task) {
            return new Reset(task, force, clearAll, returnFileUrls, deleteOutputModels, deleteExternalArtifacts);
        }
    }

    record Delete(
            @Field(required = true) String task,
            boolean force,
            boolean moveToTrash,
            boolean returnFileUrls,
            boolean includePipelineSteps,
            @Field(or = "true") boolean deleteOutputModels,
            @Field(or = "true") boolean deleteExternalArtifacts) {

        Delete ofStep(String step) {
            return new Delete(
                    step, true, moveToTrash, returnFileUrls, false, deleteOutputModels, deleteExternalArtifacts);
        }
    }

    record DeleteMany(
            @Field(required = true, minItems = 1) List<String> ids,
            boolean force,
            boolean moveToTrash,
            boolean returnFileUrls,
            boolean includePipelineSteps,
            @Field(or = "true") boolean deleteOutputModels,
            @Field(or = "true") boolean deleteExternalArtifacts) {

        Delete of(String task) {
            return new Delete(
                    task,
                    force,
                    moveToTrash,
                    returnFileUrls,
                    includePipelineSteps,
                    deleteOutputModels,
                    deleteExternalArtifacts);
        }
    }

    /**
     * Makes a task a draft again: {@code {"updated", "fields", "dequeued", "events", "deleted_models", "urls"}}. 400/110
     * when it is published, 400/123 when what it made is published.
     */
    @ApiCall("tasks.reset")
    Map<String, Object> reset(Reset request, Caller caller) {
        Resetting.Done done = resetting.reset(request, caller);
        resetting.deleteEvents(List.of(done), caller, true);
        Map<String, Object> answer = done.updated().members();
        answer.put("dequeued", done.removed() == 0 ? Map.of() : Map.of("removed", done.removed()));
        answer.put("events", Map.of());
        answer.put("deleted_models", done.cleanup().deletedModels().size());
        answer.put("urls", request.returnFileUrls() ? done.cleanup().urls() : Map.of());
        return answer;
    }

    /** The same for many tasks. */
    @ApiCall("tasks.reset_many")
    Batch resetMany(ResetMany request, Caller caller) {
        List<Resetting.Done> all = new ArrayList<>();
        Batch batch = Batch.of(request.ids(), id -> {
            Resetting.Done done = resetting.reset(request.of(id), caller);
            all.add(done);
            Map<String, Object> item = done.updated().members();
            item.put("dequeued", done.removed() > 0);
            item.put("deleted_models", done.cleanup().deletedModels().size());
            item.put("urls", request.returnFileUrls() ? done.cleanup().urls() : Map.of());
            return item;
        });
        resetting.deleteEvents(all, caller, false);
        return batch;
    }

    /**
     * Deletes a draft or an archived task, or by force any: {@code {"deleted", "updated_children", "updated_models",
     * "deleted_models", "urls"}}. 400/123 when something depends on it.
     */
    @ApiCall("tasks.delete")
    Map<String, @Nullable Object> delete(Delete request, Caller caller) {
        Deletion.Done done = deletion.delete(request, caller);
        deletion.finish(List.of(done), caller, true);
        return members(done, request.returnFileUrls());
    }

    /** The same for many tasks. */
    @ApiCall("tasks.delete_many")
    Batch deleteMany(DeleteMany request, Caller caller) {
        List<Deletion.Done> all = new ArrayList<>();
        Batch batch = Batch.of(request.ids(), id -> {
            Deletion.Done done = deletion.delete(request.of(id), caller);
            all.add(done);
            return members(done, request.returnFileUrls());
        });
        deletion.finish(all, caller, false);
        return batch;
    }

    private static Map<String, @Nullable Object> members(Deletion.Done done, boolean withUrls) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("deleted", true);
        members.put("updated_children", done.cleanup().updatedChildren());
        members.put("updated_models", done.cleanup().updatedModels());
        members.put("deleted_models", done.cleanup().deletedModels().size());
        members.put("urls", withUrls ? done.cleanup().urls() : null);
        return members;
    }
}
