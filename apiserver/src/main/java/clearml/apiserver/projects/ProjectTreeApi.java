package clearml.apiserver.projects;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole branches of the tree of projects: moved, merged, deleted. */
@ApiController
class ProjectTreeApi {

    private final ProjectMoving moving;
    private final ProjectMerging merging;
    private final ProjectDeletion deletion;

    ProjectTreeApi(ProjectMoving moving, ProjectMerging merging, ProjectDeletion deletion) {
        this.moving = moving;
        this.merging = merging;
        this.deletion = deletion;
    }

    record Move(
            @Field(required = true) String project,
            @Nullable String newLocation) {}

    record Merge(
            @Field(required = true) String project,
            @Nullable String destinationProject) {}

    record OfProject(@Field(required = true) String project) {}

    record Delete(
            @Field(required = true) String project,
            boolean force,
            boolean deleteContents,
            @Field(or = "true") boolean deleteExternalArtifacts) {}

    /** Moves a project below the one named, made if missing; empty is the root: {@code {"moved": n}}. */
    @ApiCall("projects.move")
    Map<String, Object> move(Move request, Caller caller) {
        if (request.newLocation() == null) {
            throw ApiError.VALIDATION_ERROR.of("error for field 'new_location'. field is required!");
        }
        return Map.of("moved", moving.move(request.project(), request.newLocation(), caller));
    }

    /** Merges a project into another one, or into the root: {@code {"moved_entities", "moved_projects"}}. */
    @ApiCall("projects.merge")
    Map<String, Object> merge(Merge request, Caller caller) {
        ProjectMerging.Merged merged = merging.merge(request.project(), request.destinationProject(), caller);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("moved_entities", merged.entities());
        answer.put("moved_projects", merged.projects());
        return answer;
    }

    /** What deleting a project would delete: numbers of pipelines, datasets, tasks, models, reports. */
    @ApiCall("projects.validate_delete")
    Map<String, Object> validateDelete(OfProject request, Caller caller) {
        return deletion.contentsOf(request.project(), caller.company());
    }

    /**
     * Deletes a project and all below it: {@code {"deleted", "disassociated_tasks", "deleted_models", "deleted_tasks",
     * "urls": {"model_urls", "artifact_urls", "event_urls"}}}; the urls are those of files that the server does not delete.
     */
    @ApiCall("projects.delete")
    Map<String, Object> delete(Delete request, Caller caller) {
        return deletion.delete(
                request.project(),
                request.force(),
                request.deleteContents(),
                request.deleteExternalArtifacts(),
                caller);
    }
}
