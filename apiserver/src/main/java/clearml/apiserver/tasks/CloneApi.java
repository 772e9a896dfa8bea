package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies of tasks. */
@ApiController
class CloneApi {

    private final Cloning cloning;

    CloneApi(Cloning cloning) {
        this.cloning = cloning;
    }

    /** What is to be different in the copy; what is empty is as in the source. */
    record Clone(
            @Field(required = true) String task,
            @Nullable String newTaskName,
            @Nullable String newTaskComment,
            List<String> newTaskTags,
            List<String> newTaskSystemTags,
            @Nullable String newTaskParent,
            @Nullable String newTaskProject,
            Map<String, Object> newTaskHyperparams,
            Map<String, Object> newTaskConfiguration,
            Map<String, Object> newTaskContainer,
            List<Object> newTaskInputModels,
            @Nullable String newProjectName,
            Map<String, Object> executionOverrides,
            boolean validateReferences) {}

    /**
     * Makes a draft like a task of the company or a public one: {@code {"id", "new_project"?}}. 400/101 when there is
     * none, 403/21 when the copy would lie in a public project.
     */
    @ApiCall("tasks.clone")
    Map<String, Object> clone(Clone request, Caller caller) {
        return cloning.copy(request, caller);
    }
}
