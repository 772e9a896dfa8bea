package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.Map;

/** Making tasks and changing what they are. */
@ApiController
class TaskApi {

    private final TaskCreation creation;
    private final TaskEditing editing;

    TaskApi(TaskCreation creation, TaskEditing editing) {
        this.creation = creation;
        this.editing = editing;
    }

    /** What of a new task is checked first. */
    record NewTask(
            @Field(required = true) String name,
            @Field(required = true) TaskType type) {}

    record OfTask(@Field(required = true) String task, boolean force) {}

    record Requirements(
            @Field(required = true) String task,
            @Field(required = true) Map<String, Object> requirements) {}

    /** Makes a draft: {@code {"id": ...}}. 400/16, 400/101, 400/201, 400/401, 403/21 for references, 400/800 for values. */
    @ApiCall("tasks.create")
    Map<String, Object> create(NewTask checked, CallBody body, Caller caller, ApiVersion version) {
        return Map.of("id", creation.create(body.fields(), caller, version));
    }

    /** Whether a draft could be made of this: the errors of create but for the values of fields. */
    @ApiCall("tasks.validate")
    Map<String, Object> validate(NewTask checked, CallBody body, Caller caller, ApiVersion version) {
        creation.validate(body.fields(), caller, version);
        return Map.of();
    }

    /** Changes any field of a draft, or by force of any task. Given members of embedded objects replace, others stay. */
    @ApiCall("tasks.edit")
    Updated edit(OfTask of, CallBody body, Caller caller, ApiVersion version) {
        return editing.edit(of.task(), of.force(), body.fields(), caller, version);
    }

    /** Changes name, tags, comment, project, status message or error of a task in any status. */
    @ApiCall("tasks.update")
    Updated update(OfTask of, CallBody body, Caller caller, ApiVersion version) {
        return editing.update(of.task(), body.fields(), caller, version);
    }

    /** Sets the packages that a task needs, in any status. */
    @ApiCall("tasks.set_requirements")
    Updated setRequirements(Requirements request, Caller caller) {
        return editing.setRequirements(request.task(), request.requirements(), caller);
    }
}
