package clearml.apiserver.models;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.List;
import java.util.Map;

/** Reading models: one, some by id, lists. */
@ApiController
class ModelReadApi {

    private final ModelLists lists;

    ModelReadApi(ModelLists lists) {
        this.lists = lists;
    }

    record GetById(@Field(required = true) String model) {}

    record GetFrameworks(List<String> projects) {}

    /** One model; 400/201. */
    @ApiCall("models.get_by_id")
    Map<String, Object> getById(GetById request, Caller caller, ApiVersion version) {
        return Map.of("model", lists.byId(request.model(), caller.company(), version));
    }

    /** Models by their ids, references as objects; unknown ids are left out. */
    @ApiCall(
            value = "models.get_by_id_ex",
            required = {"id"})
    Map<String, Object> getByIdEx(CallBody body, Caller caller, ApiVersion version) {
        body.fields().remove("include_stats");
        body.fields().remove("allow_public");
        return Map.of(
                "models", lists.joined(body.fields(), caller.company(), version).rows());
    }

    /** A list of models, references as ids: {@code {"models": [...], "scroll_id": ...}}. */
    @ApiCall("models.get_all")
    Map<String, Object> getAll(CallBody body, Caller caller, ApiVersion version) {
        return lists.list(body.fields(), caller.company(), version).as("models");
    }

    /** A list of models, references as objects: {@code {"models": [...], "scroll_id": ...}}. */
    @ApiCall("models.get_all_ex")
    Map<String, Object> getAllEx(CallBody body, Caller caller, ApiVersion version) {
        return lists.joined(body.fields(), caller.company(), version).as("models");
    }

    /** The distinct frameworks, sorted. */
    @ApiCall("models.get_frameworks")
    Map<String, Object> getFrameworks(GetFrameworks request, Caller caller) {
        return Map.of("frameworks", lists.frameworks(request.projects(), caller.company()));
    }
}
