package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Artifacts, models and runtime values of tasks that are not finished; 400/110 for finished ones. */
@ApiController
class ContentApi {

    private final ArtifactChanges artifacts;
    private final ModelChanges models;
    private final RuntimeChanges runtime;

    ContentApi(ArtifactChanges artifacts, ModelChanges models, RuntimeChanges runtime) {
        this.artifacts = artifacts;
        this.models = models;
        this.runtime = runtime;
    }

    /** Whether a task read or made something. */
    enum Direction {
        INPUT,
        OUTPUT
    }

    record TypeData(
            @Nullable String preview,
            @Nullable String contentType,
            @Nullable String dataHash) {}

    record Artifact(
            @Field(required = true) String key,
            @Field(required = true) String type,
            @Field(or = "\"output\"") @Nullable Direction mode,
            @Nullable String uri,
            @Nullable Long contentSize,
            @Nullable String hash,
            @Nullable Long timestamp,
            @Nullable TypeData typeData,
            List<List<Object>> displayData) {}

    record AddArtifacts(
            @Field(required = true) String task,
            @Field(required = true, minItems = 1) List<Artifact> artifacts) {}

    record ArtifactKey(
            @Field(required = true) String key,
            @Field(or = "\"output\"") @Nullable Direction mode) {}

    record DeleteArtifacts(
            @Field(required = true) String task,
            @Field(required = true, minItems = 1) List<ArtifactKey> artifacts) {}

    record AddModel(
            @Field(required = true) String task,
            @Field(required = true) String name,
            @Field(required = true) String model,
            @Field(required = true) Direction type,
            @Nullable Integer iteration) {}

    record ModelName(
            @Field(required = true) String name,
            @Field(required = true) Direction type) {}

    record DeleteModels(
            @Field(required = true) String task,
            @Field(required = true, minItems = 1) List<ModelName> models) {}

    record EditRuntime(@Field(required = true) String task, Map<String, Object> addOrUpdate, List<String> remove) {}

    /** Each artifact replaces the one with the same key and mode: {@code {"updated": 1}}. */
    @ApiCall(value = "tasks.add_or_update_artifacts", since = "2.10")
    Map<String, Object> addArtifacts(AddArtifacts request, Caller caller) {
        return Map.of("updated", artifacts.put(request, caller));
    }

    /** {@code {"deleted": 1}}, also when there was no such artifact. */
    @ApiCall(value = "tasks.delete_artifacts", since = "2.10")
    Map<String, Object> deleteArtifacts(DeleteArtifacts request, Caller caller) {
        return Map.of("deleted", artifacts.delete(request, caller));
    }

    /** The model takes the place of the first of that name, or is the last: {@code {"updated": 1}}. */
    @ApiCall(value = "tasks.add_or_update_model", since = "2.13")
    Map<String, Object> addModel(AddModel request, Caller caller) {
        return Map.of("updated", models.put(request, caller));
    }

    /** Removes all models of the given names: {@code {"updated": 1}}. */
    @ApiCall(value = "tasks.delete_models", since = "2.13")
    Map<String, Object> deleteModels(DeleteModels request, Caller caller) {
        return Map.of("updated", models.delete(request, caller));
    }

    /** Sets and removes runtime values by key: {@code {"updated": 0 or 1}}. */
    @ApiCall("tasks.edit_runtime")
    Map<String, Object> editRuntime(EditRuntime request, Caller caller) {
        return Map.of("updated", runtime.edit(request, caller));
    }
}
