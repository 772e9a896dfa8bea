package clearml.apiserver.projects;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.projects.ProjectContents.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the tasks and models in projects come from: parent tasks, users. */
@ApiController
class ProjectOriginsApi {

    private final ProjectOrigins origins;

    ProjectOriginsApi(ProjectOrigins origins) {
        this.origins = origins;
    }

    /** Which tasks are asked about. */
    enum State {
        ACTIVE,
        ARCHIVED,
        HIDDEN
    }

    record Parents(
            List<@Nullable Object> projects,
            @Nullable State tasksState,
            @Field(or = "true") boolean includeSubprojects,
            @Nullable String taskName) {}

    /** Whose users. */
    enum Entity {
        TASK,
        MODEL
    }

    record Users(
            List<@Nullable Object> projects,
            @Field(or = "true") boolean includeSubprojects,
            @Nullable Entity entity) {}

    /** The parents of tasks in the projects (null stands for none), by name: {@code {"parents": [{id, name, project}]}}. */
    @ApiCall(value = "projects.get_task_parents", since = "2.12")
    Map<String, Object> taskParents(Parents request, Caller caller) {
        return Map.of(
                "parents",
                origins.parents(
                        ProjectContents.ids(request.projects()),
                        request.includeSubprojects(),
                        request.tasksState(),
                        request.taskName(),
                        caller.company()));
    }

    /** Who made tasks or models in the projects: {@code {"users": [{id, name}]}}. */
    @ApiCall("projects.get_user_names")
    Map<String, Object> userNames(Users request, Caller caller) {
        Kind kind = request.entity() == Entity.MODEL ? Kind.MODEL : Kind.TASK;
        return Map.of(
                "users",
                origins.users(
                        kind, ProjectContents.ids(request.projects()), request.includeSubprojects(), caller.company()));
    }
}
