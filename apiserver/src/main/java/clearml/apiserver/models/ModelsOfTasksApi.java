package clearml.apiserver.models;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.Map;

/** What clients up to API version 2.13 call for the model of a task; 301/1 for newer ones. */
@ApiController
class ModelsOfTasksApi {

    private static final String FIRST_WITHOUT = "2.14";

    private final ModelsOfTasks models;
    private final ModelLists lists;
    private final ModelTasks tasks;

    ModelsOfTasksApi(ModelsOfTasks models, ModelLists lists, ModelTasks tasks) {
        this.models = models;
        this.lists = lists;
        this.tasks = tasks;
    }

    record GetByTaskId(@Field(required = true) String task) {}

    /** The last output model of a task, whole; 400/101, 400/122. */
    @ApiCall("models.get_by_task_id")
    Map<String, Object> getByTaskId(GetByTaskId request, Caller caller, ApiVersion version) {
        requireOld(version, "use models.get_by_id/get_all apis");
        String model = tasks.lastOutput(request.task(), caller);
        return Map.of("model", lists.wholeById(model, caller.company(), version));
    }

    /** Makes or changes the output model of a task: {@code {"id", "created"}}, and {@code {"updated", "fields"}}. */
    @ApiCall("models.update_for_task")
    Map<String, Object> updateForTask(ModelsOfTasks.Request request, Caller caller, ApiVersion version) {
        requireOld(version, "use tasks.add_or_update_model");
        return models.update(request, caller, version);
    }

    private static void requireOld(ApiVersion version, String instead) {
        if (!version.before(FIRST_WITHOUT)) {
            throw ApiError.MOVED_NOT_SUPPORTED.of(instead);
        }
    }
}
