package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeping many tasks in order: tags, projects, whose they are. 403/21 and 400/101 before anything is changed. */
@ApiController
class SortingApi {

    private final Sorting sorting;

    SortingApi(Sorting sorting) {
        this.sorting = sorting;
    }

    record Tags(
            @Field(required = true, minItems = 1) List<String> ids, List<String> addTags, List<String> removeTags) {}

    record Move(
            @Field(required = true, minItems = 1) List<String> ids,
            @Nullable String project,
            @Nullable String projectName) {}

    record Ids(@Field(required = true, minItems = 1) List<String> ids) {}

    /** Adds tags, then removes some: {@code {"updated": n}} counts both. */
    @ApiCall("tasks.update_tags")
    Map<String, Object> updateTags(Tags request, Caller caller) {
        if (request.addTags().isEmpty() && request.removeTags().isEmpty()) {
            throw ApiError.VALIDATION_ERROR.of("Either add_tags or remove_tags should be provided");
        }
        return Map.of("updated", sorting.changeTags(request, caller));
    }

    /** Moves tasks into a project, made if it is named and missing; a null project is the root. */
    @ApiCall("tasks.move")
    Map<String, @Nullable Object> move(Move request, CallBody body, Caller caller) {
        if (!body.has("project")
                && (request.projectName() == null || request.projectName().isEmpty())) {
            throw ApiError.MISSING_REQUIRED_FIELDS.of("project or project_name");
        }
        return Collections.singletonMap("project_id", sorting.move(request, caller));
    }

    /** Changes fields of many tasks, one JSON object with {@code task} a line: {@code {"updated": n}}. */
    @ApiCall(value = "tasks.update_batch", batch = true)
    Map<String, Object> updateBatch(CallBody body, Caller caller, ApiVersion version) {
        return Map.of("updated", sorting.updateAll(body.items(), caller, version));
    }

    /** Lets all companies read tasks: {@code {"updated": n}}. */
    @ApiCall(value = "tasks.make_public", since = "2.9")
    Map<String, Object> makePublic(Ids request, Caller caller) {
        return Map.of("updated", sorting.makePublic(request.ids(), caller));
    }

    /** Takes public tasks back: {@code {"updated": n}}. */
    @ApiCall(value = "tasks.make_private", since = "2.9")
    Map<String, Object> makePrivate(Ids request, Caller caller) {
        return Map.of("updated", sorting.makePrivate(request.ids(), caller));
    }
}
