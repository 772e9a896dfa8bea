package clearml.apiserver.projects;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.query.Publicity;
import clearml.apiserver.query.entities.Entities;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Making, changing and finding projects. */
@ApiController
class ProjectsApi {

    private final ProjectCreation creation;
    private final ProjectRenaming renaming;
    private final ProjectLists lists;
    private final Publicity publicity;

    ProjectsApi(ProjectCreation creation, ProjectRenaming renaming, ProjectLists lists, Publicity publicity) {
        this.creation = creation;
        this.renaming = renaming;
        this.lists = lists;
        this.publicity = publicity;
    }

    record Ids(@Field(minItems = 1) List<String> ids) {}

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
        return lists.list(body.fields(), caller.company(), version).as("projects");
    }

    /** A list of projects, references as objects, with statistics and what lies below if wanted. */
    @ApiCall("projects.get_all_ex")
    Map<String, Object> getAllEx(CallBody body, Caller caller, ApiVersion version) {
        return lists.overview(body.fields(), caller.company(), version).as("projects");
    }

    /** Writes members of a project, and renames it in place: {@code {"updated": n, "fields": {...}}}. */
    @ApiCall("projects.update")
    Map<String, Object> update(OfProject request, CallBody body, Caller caller, ApiVersion version) {
        Map<String, @Nullable Object> fields = ProjectFields.of(body.fields(), version);
        long updated = renaming.update(request.project(), fields, caller);
        return Map.of("updated", updated, "fields", fields);
    }

    /** Shows projects to every company; all of them must be the caller's (400/401): {@code {"updated": n}}. */
    @ApiCall(value = "projects.make_public", since = "2.9")
    Map<String, Object> makePublic(Ids request, Caller caller) {
        return Map.of(
                "updated",
                publicity.open(
                        Entities.PROJECT, request.ids(), caller.company(), caller.user(), ApiError.INVALID_PROJECT_ID));
    }

    /** Takes back what {@code make_public} did. */
    @ApiCall(value = "projects.make_private", since = "2.9")
    Map<String, Object> makePrivate(Ids request, Caller caller) {
        return Map.of(
                "updated",
                publicity.close(
                        Entities.PROJECT, request.ids(), caller.company(), caller.user(), ApiError.INVALID_PROJECT_ID));
    }
}
