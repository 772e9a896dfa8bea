package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hyperparameters of tasks: {@code {section, name, value, type, description}}, all texts. */
@ApiController
class HyperParamsApi {

    private final HyperParams hyperParams;

    HyperParamsApi(HyperParams hyperParams) {
        this.hyperParams = hyperParams;
    }

    record OfTasks(@Field(required = true, minItems = 1) List<String> tasks) {}

    /** Name and value are null only to empty a section. */
    record Item(
            @Field(required = true) String section,
            @Nullable String name,
            @Nullable String value,
            @Nullable String type,
            @Nullable String description) {}

    /** What of the present parameters gives way to the given ones. */
    enum Replace {
        NONE,
        SECTION,
        ALL
    }

    record Edit(
            @Field(required = true) String task,
            @Field(required = true, minItems = 1) List<Item> hyperparams,
            @Field(or = "\"none\"") @Nullable Replace replaceHyperparams,
            boolean force) {}

    record Key(
            @Field(required = true) String section,
            @Nullable String name) {}

    record Delete(
            @Field(required = true) String task,
            @Field(required = true, minItems = 1) List<Key> hyperparams,
            boolean force) {}

    /** All parameters of tasks in the order of section and name. 400/101 when one of the tasks is missing. */
    @ApiCall("tasks.get_hyper_params")
    Map<String, Object> get(OfTasks request, Caller caller) {
        return Map.of("params", hyperParams.list(request.tasks(), caller.company()));
    }

    /** Sets parameters, or replaces sections or all. 400/110 unless the task may be changed. */
    @ApiCall("tasks.edit_hyper_params")
    Map<String, Object> edit(Edit request, Caller caller) {
        return Map.of("updated", hyperParams.edit(request, caller));
    }

    /** Removes parameters or whole sections. 400/15 when both are asked for of one section. */
    @ApiCall("tasks.delete_hyper_params")
    Map<String, Object> delete(Delete request, Caller caller) {
        return Map.of("deleted", hyperParams.delete(request, caller));
    }
}
