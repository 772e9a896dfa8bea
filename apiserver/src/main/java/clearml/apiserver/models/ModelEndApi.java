package clearml.apiserver.models;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Batch;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The end of models: published, deleted. */
@ApiController
class ModelEndApi {

    private final ModelPublishing publishing;
    private final ModelDeletion deletion;

    ModelEndApi(ModelPublishing publishing, ModelDeletion deletion) {
        this.publishing = publishing;
        this.deletion = deletion;
    }

    record SetReady(
            @Field(required = true) String model,
            @Field(or = "true") @Nullable Boolean publishTask,
            boolean forcePublishTask) {}

    record PublishMany(
            @Field(minItems = 1) List<String> ids,
            @Field(or = "true") @Nullable Boolean publishTask,
            boolean forcePublishTask) {}

    record Delete(
            @Field(required = true) String model,
            boolean force,
            @Field(or = "true") @Nullable Boolean deleteExternalArtifacts) {}

    record DeleteMany(
            @Field(minItems = 1) List<String> ids,
            boolean force,
            @Field(or = "true") @Nullable Boolean deleteExternalArtifacts) {}

    /** Publishes a model and its task: {@code {"updated", "fields", "published_task"}}. */
    @ApiCall("models.set_ready")
    Map<String, Object> setReady(SetReady request, Caller caller) {
        Map<String, Object> task = publishing.publish(
                request.model(), Boolean.TRUE.equals(request.publishTask()), request.forcePublishTask(), caller);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("updated", 1);
        answer.put("fields", Map.of());
        if (task != null) {
            answer.put("published_task", task);
        }
        return answer;
    }

    /** Publishes several models, one after the other. */
    @ApiCall("models.publish_many")
    Batch publishMany(PublishMany request, Caller caller) {
        boolean withTask = Boolean.TRUE.equals(request.publishTask());
        return Batch.of(request.ids(), id -> {
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            Map<String, Object> task = publishing.publish(id, withTask, request.forcePublishTask(), caller);
            item.put("updated", true);
            item.put("published_task", task);
            return item;
        });
    }

    /** Deletes a model: {@code {"deleted", "url"}}. */
    @ApiCall("models.delete")
    Map<String, Object> delete(Delete request, Caller caller) {
        boolean files = Boolean.TRUE.equals(request.deleteExternalArtifacts());
        return deletion.delete(request.model(), request.force(), files, true, caller);
    }

    /** Deletes several models, one after the other; their events go in the background. */
    @ApiCall("models.delete_many")
    Batch deleteMany(DeleteMany request, Caller caller) {
        boolean files = Boolean.TRUE.equals(request.deleteExternalArtifacts());
        return Batch.of(request.ids(), id -> deletion.delete(id, request.force(), files, false, caller));
    }
}
