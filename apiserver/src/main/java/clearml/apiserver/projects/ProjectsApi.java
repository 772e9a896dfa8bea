package clearml.apiserver.projects;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Making, changing and finding projects. */
@ApiController
class ProjectsApi {

    private final ProjectCreation creation;
    private final ProjectRenaming renaming;
    private final ProjectLists lists;

    ProjectsApi(ProjectCreation creation, ProjectRenaming renaming, ProjectLists lists) {
        this.creation = creation;
        this.renaming = renaming;
        this.lists = lists;
    }

    record OfProject(@Field(required = true) String project) {}

    /** A new project, with the parents that its name needs: {@code {"id": ...}}. */
    @ApiCall(
            value = "projects.create",
            required = {"name"})
    Map<String, Object> create(CallBody body, Caller caller, ApiVersion version) {
        Map<String, @Nullable Object> fields = ProjectFields.of(body.fields(), version);
        if (!(fields.get("name") instanceof String name)) {
            throw ApiError.VALIDATION_ERROR.of("error for field 'name': field is required!");
        }
        return Map.of("id", creation.create(name, fields, caller));
    }

    /** One whole project; 400/401. */
    @ApiCall("projects.get_by_id")
    Map<String, Object> getById(OfProject request, Caller caller, ApiVersion version) {
        return Map.of("project", lists.byId(request.project(), caller.company(), version));
    }

    /** A list of projects, references as ids: {@code {"projects": [...], "scroll_id": ...}}. */
    @ApiCall("projects.get_all")
    Map<String, Object> getAll(CallBody body, Caller caller, ApiVersion version) {
        return ProjectLists.answer(lists.list(body.fields(), caller.company(), version));
    }

    /** Writes members of a project, and renames it in place: {@code {"updated": n, "fields": {...}}}. */
    @ApiCall("projects.update")
    Map<String, Object> update(OfProject request, CallBody body, Caller caller, ApiVersion version) {
        Map<String, @Nullable Object> fields = ProjectFields.of(body.fields(), version);
        long updated = renaming.update(request.project(), fields, caller);
        return Map.of("updated", updated, "fields", fields);
    }
}
