package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.projects.ProjectReferences;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Page;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.Tags;
import clearml.apiserver.query.Truth;
import clearml.apiserver.query.entities.Entities;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** Lists of tasks: what is particular to tasks about the common list requests. */
@Component
public class TaskQueries {

    private static final Document NOT_HIDDEN = new Document("system_tags", new Document("$ne", "hidden"));

    private final EntityQueries queries;
    private final ProjectReferences projects;
    private final TaskStore store;

    TaskQueries(EntityQueries queries, ProjectReferences projects, TaskStore store) {
        this.queries = queries;
        this.projects = projects;
        this.store = store;
    }

    Map<String, Object> getById(String id, String company, ApiVersion version) {
        Map<String, Object> task = queries.getById(Entities.TASK, id, Scope.ownAndPublic(company))
                .orElseThrow(() -> ApiError.INVALID_TASK_ID.with("ids", List.of(id)));
        // The reference hides this list by emptying it here.
        task.put("unique_metrics", List.of());
        return TaskAnswers.convert(task, version);
    }

    Page getByIdJoined(Map<String, Object> request, String company, ApiVersion version) {
        divideTags(request, version);
        return converted(queries.getAllJoined(Entities.TASK, request, Scope.ownAndPublic(company)), version);
    }

    Page getAll(Map<String, Object> request, String company, ApiVersion version) {
        Scope scope = prepare(request, Scope.ownAndPublic(company), version);
        return converted(queries.getAll(Entities.TASK, request, scope), version);
    }

    /** A list as of {@code tasks.get_all_ex}; the request is changed. */
    public Page getAllJoined(Map<String, Object> request, String company, ApiVersion version) {
        boolean ownOnly = request.containsKey("allow_public") && !Truth.of(request.get("allow_public"));
        Scope visible = ownOnly ? Scope.own(company) : Scope.ownAndPublic(company);
        Scope scope = prepare(request, visible, version);
        return converted(queries.getAllJoined(Entities.TASK, request, scope), version);
    }

    List<String> types(List<String> inProjects, String company) {
        Collection<String> wanted = inProjects.isEmpty() ? List.of() : projects.withDescendants(inProjects);
        return store.types(wanted, company).stream().filter(TaskType::isOne).toList();
    }

    private Scope prepare(Map<String, Object> request, Scope scope, ApiVersion version) {
        divideTags(request, version);
        projects.widen(request);
        boolean all = Truth.of(request.get("search_hidden")) || Truth.of(request.get("id"));
        return all ? scope : scope.and(NOT_HIDDEN);
    }

    private static void divideTags(Map<String, Object> request, ApiVersion version) {
        if (version.before("2.3")) {
            Tags.divide(request, TaskTags.OLD_SYSTEM_TAGS);
        }
    }

    private static Page converted(Page page, ApiVersion version) {
        return page.each(row -> TaskAnswers.convert(row, version));
    }
}
