package clearml.apiserver.models;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import java.util.LinkedHashMap;
import java.util.Map;

/** Making and changing models. */
@ApiController
class ModelsApi {

    private final ModelCreation creation;
    private final ModelEditing editing;
    private final ModelMetadata metadata;

    ModelsApi(ModelCreation creation, ModelEditing editing, ModelMetadata metadata) {
        this.creation = creation;
        this.editing = editing;
        this.metadata = metadata;
    }

    /** A new model: {@code {"id", "created"}}; published unless {@code ready} is false. */
    @ApiCall("models.create")
    Map<String, Object> create(ModelCreation.Request request, Caller caller, ApiVersion version) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", creation.create(request, caller, version));
        answer.put("created", true);
        return answer;
    }

    /** Writes any members: {@code {"updated", "fields"}}. */
    @ApiCall("models.edit")
    Map<String, Object> edit(ModelEditing.Request request, CallBody body, Caller caller, ApiVersion version) {
        return editing.edit(request, body.fields(), caller, version);
    }

    /** Writes the members that the web UI edits in place: {@code {"updated", "fields"}}. */
    @ApiCall("models.update")
    Map<String, Object> update(ModelEditing.Request request, CallBody body, Caller caller, ApiVersion version) {
        return editing.update(request, body.fields(), caller, version);
    }

    /** Sets metadata items: {@code {"updated": 1}}. */
    @ApiCall(value = "models.add_or_update_metadata", since = "2.13")
    Map<String, Object> addOrUpdateMetadata(ModelMetadata.Change request, Caller caller) {
        metadata.change(request, caller);
        return Map.of("updated", 1);
    }

    /** Removes metadata items, there or not: {@code {"updated": 1}}. */
    @ApiCall(value = "models.delete_metadata", since = "2.13")
    Map<String, Object> deleteMetadata(ModelMetadata.Removal request, Caller caller) {
        metadata.remove(request, caller);
        return Map.of("updated", 1);
    }
}
