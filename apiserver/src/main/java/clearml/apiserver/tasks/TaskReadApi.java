package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.List;
import java.util.Map;

/** Reading tasks: one, some by id, lists. */
@ApiController
class TaskReadApi {

    private final TaskQueries queries;

    TaskReadApi(TaskQueries queries) {
        this.queries = queries;
    }

    record GetById(@Field(required = true) String task) {}

    record GetTypes(List<String> projects) {}

    /** One task of the company or a public one, references as ids. 400/101 when there is none. */
    @ApiCall("tasks.get_by_id")
    Map<String, Object> getById(GetById request, Caller caller, ApiVersion version) {
        return Map.of("task", queries.getById(request.task(), caller.company(), version));
    }

    /** Tasks by their ids, references as objects; unknown ids are left out. */
    @ApiCall(
            value = "tasks.get_by_id_ex",
            required = {"id"})
    Map<String, Object> getByIdEx(CallBody body, Caller caller, ApiVersion version) {
        return Map.of(
                "tasks",
                queries.getByIdJoined(body.fields(), caller.company(), version).rows());
    }

    /** A list of tasks, references as ids: {@code {"tasks": [...], "scroll_id": ...}}. */
    @ApiCall("tasks.get_all")
    Map<String, Object> getAll(CallBody body, Caller caller, ApiVersion version) {
        return queries.getAll(body.fields(), caller.company(), version).as("tasks");
    }

    /** A list of tasks, references as objects: {@code {"tasks": [...], "scroll_id": ...}}. */
    @ApiCall("tasks.get_all_ex")
    Map<String, Object> getAllEx(CallBody body, Caller caller, ApiVersion version) {
        return queries.getAllJoined(body.fields(), caller.company(), version).as("tasks");
    }

    /** The types of the tasks in some projects and below, or everywhere. */
    @ApiCall("tasks.get_types")
    Map<String, Object> getTypes(GetTypes request, Caller caller) {
        return Map.of("types", queries.types(request.projects(), caller.company()));
    }
}
