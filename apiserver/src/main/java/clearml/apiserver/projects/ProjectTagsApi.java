package clearml.apiserver.projects;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.projects.ProjectContents.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tags in use: {@code {"tags": [...], "system_tags": [...]}}, sorted. */
@ApiController
class ProjectTagsApi {

    private final ProjectTags tags;

    ProjectTagsApi(ProjectTags tags) {
        this.tags = tags;
    }

    /** What those must have whose tags are listed. */
    record Filter(List<String> tags, List<String> systemTags) {}

    record Request(
            List<String> projects,
            boolean includeSystem,
            @Nullable Filter filter) {

        Map<String, List<String>> filters() {
            Map<String, List<String>> filters = new HashMap<>();
            if (filter != null) {
                filters.put("tags", filter.tags());
                filters.put("system_tags", filter.systemTags());
            }
            return filters;
        }
    }

    /** Of tasks in the projects and below; system tags only if wanted. */
    @ApiCall(value = "projects.get_task_tags", since = "2.8")
    Map<String, Object> ofTasks(Request request, Caller caller) {
        return of(Kind.TASK, request, caller);
    }

    /** Of models in the projects and below; system tags only if wanted. */
    @ApiCall(value = "projects.get_model_tags", since = "2.8")
    Map<String, Object> ofModels(Request request, Caller caller) {
        return of(Kind.MODEL, request, caller);
    }

    private Map<String, Object> of(Kind kind, Request request, Caller caller) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("tags", tags.of(kind, "tags", request.projects(), request.filters(), caller.company()));
        if (request.includeSystem()) {
            answer.put(
                    "system_tags",
                    tags.of(kind, "system_tags", request.projects(), request.filters(), caller.company()));
        }
        return answer;
    }

    /** Of the projects themselves and of those below. */
    @ApiCall("projects.get_project_tags")
    Map<String, Object> ofProjects(Request request, Caller caller) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("tags", tags.ofProjects("tags", request.projects(), request.filters(), caller.company()));
        answer.put(
                "system_tags",
                request.includeSystem()
                        ? tags.ofProjects("system_tags", request.projects(), request.filters(), caller.company())
                        : List.of());
        return answer;
    }
}
