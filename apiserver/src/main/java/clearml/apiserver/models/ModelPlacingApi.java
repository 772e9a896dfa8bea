package clearml.apiserver.models;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Batch;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tags, archive, project and visibility of models. */
@ApiController
class ModelPlacingApi {

    private final ModelPlacing placing;

    ModelPlacingApi(ModelPlacing placing) {
        this.placing = placing;
    }

    record Ids(@Field(minItems = 1) List<String> ids) {}

    record UpdateTags(@Field(minItems = 1) List<String> ids, List<String> addTags, List<String> removeTags) {}

    record Move(
            @Field(minItems = 1) List<String> ids,
            @Nullable String project,
            @Nullable String projectName) {}

    @ApiCall("models.archive_many")
    Batch archiveMany(Ids request, Caller caller) {
        return Batch.of(request.ids(), id -> {
            placing.archive(id, caller);
            return Map.of("archived", true);
        });
    }

    @ApiCall("models.unarchive_many")
    Batch unarchiveMany(Ids request, Caller caller) {
        return Batch.of(request.ids(), id -> {
            placing.unarchive(id, caller);
            return Map.of("unarchived", true);
        });
    }

    /** Adds and removes tags: {@code {"updated": n}}, counting a model twice when both are given. */
    @ApiCall("models.update_tags")
    Map<String, Object> updateTags(UpdateTags request, Caller caller) {
        return Map.of("updated", placing.updateTags(request.ids(), request.addTags(), request.removeTags(), caller));
    }

    /** Moves models into a project: {@code {"project_id": ...}}. */
    @ApiCall("models.move")
    Map<String, @Nullable Object> move(Move request, CallBody body, Caller caller) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("project_id", placing.move(request.ids(), body.fields(), request.projectName(), caller));
        return answer;
    }

    @ApiCall(value = "models.make_public", since = "2.9")
    Map<String, Object> makePublic(Ids request, Caller caller) {
        return Map.of("updated", placing.makePublic(request.ids(), caller));
    }

    @ApiCall(value = "models.make_private", since = "2.9")
    Map<String, Object> makePrivate(Ids request, Caller caller) {
        return Map.of("updated", placing.makePrivate(request.ids(), caller));
    }
}
