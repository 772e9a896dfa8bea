package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.models.ModelReferences;
import clearml.apiserver.models.ModelTasks;
import clearml.apiserver.projects.ProjectReferences;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether what a task refers to (parent, project, input models) is there and is the caller's to refer to. */
@Component
class TaskReferences {

    private final TaskStore tasks;
    private final ProjectReferences projects;
    private final ModelReferences models;
    private final ModelTasks modelTasks;

    TaskReferences(TaskStore tasks, ProjectReferences projects, ModelReferences models, ModelTasks modelTasks) {
        this.tasks = tasks;
        this.projects = projects;
        this.models = models;
        this.modelTasks = modelTasks;
    }

    /** Parent and project of a request, and whose they are. */
    record Found(
            @Nullable Document parent,
            @Nullable String project,
            @Nullable String projectCompany) {}

    /** Looks up the parent of a request in any company; 400/16 when it is not there. */
    Found requireParent(Map<String, ?> request) {
        Object parent = request.get("parent");
        return new Found(parent == null ? null : parent(parent), null, null);
    }

    /** Notes in the project of a request that a task comes into it; 400/16, 400/401, 403/21 when it may not. */
    void enterProject(Map<String, ?> request, Caller caller) {
        Object project = request.get("project");
        if (project != null && !(project instanceof String id && projects.enter(id, caller.company()))) {
            requireProject(request, caller);
        }
    }

    /** Looks up parent and project in any company; 400/16 when one is given that is not there. */
    Found require(Map<String, ?> request) {
        Found found = requireParent(request);
        Object project = request.get("project");
        if (project == null) {
            return found;
        }
        String company = project instanceof String id
                ? projects.companyOf(id).orElseThrow(() -> missing("Project", id, "project"))
                : null;
        if (company == null) {
            throw missing("Project", project, "project");
        }
        return new Found(found.parent(), project.toString(), company);
    }

    /** 400/16, 400/401 and 403/21 when the project of a change is none that tasks may be put into. */
    void requireProject(Map<String, ?> change, Caller caller) {
        Object project = change.get("project");
        if (project != null) {
            String id = project.toString();
            String company = projects.companyOf(id).orElseThrow(() -> missing("Project", project, "project"));
            ProjectReferences.requireWritable(id, company, caller.company());
        }
    }

    private Document parent(Object id) {
        if (!(id instanceof String text)) {
            throw missing("Task", id, "parent");
        }
        return tasks.find(text, "company").orElseThrow(() -> missing("Task", text, "parent"));
    }

    private static RuntimeException missing(String what, Object id, String field) {
        return ApiError.FIELDS_VALUE_ERROR
                .of("expecting " + what + " id")
                .with("id", id)
                .with("field", field);
    }

    /** 400/101, 400/401, 403/21 and 400/201 for references that the caller may not make. */
    void check(Found found, TaskContent content, Caller caller) {
        Document parent = found.parent();
        if (parent != null && !TaskStore.isPublic(parent) && !caller.company().equals(parent.get("company"))) {
            throw ApiError.INVALID_TASK_ID.of("invalid parent").with("parent", TaskStore.id(parent));
        }
        if (found.project() != null) {
            ProjectReferences.requireWritable(found.project(), found.projectCompany(), caller.company());
        }
        checkInputs(content, caller.company());
    }

    /** 400/201 when an input model that is given is neither the company's nor public. */
    void checkInputs(TaskContent content, String company) {
        Map<String, @Nullable Object> given = content.parts().get("models");
        if (given != null && given.get("input") instanceof List<?> input) {
            checkModels(input, company);
        }
    }

    /** 400/101, 400/401, 403/21 and 400/201 for what a stored task refers to. */
    void checkStored(String id, Caller caller) {
        Document task = tasks.forWriting(id, caller.company(), "parent", "project", "models.input");
        checkParent(task.get("parent"), caller.company());
        checkProject(task.get("project"), caller.company());
        if (task.get("models") instanceof Document models && models.get("input") instanceof List<?> input) {
            checkModels(input, caller.company());
        }
    }

    /** 400/101 when there is a parent and the caller cannot see it; one that was deleted is none. */
    void checkParent(@Nullable Object parent, String company) {
        if (parent instanceof String id
                && !id.isEmpty()
                && !id.startsWith(TaskCreation.DELETED_PREFIX)
                && tasks.visible(id, company, "_id").isEmpty()) {
            throw ApiError.INVALID_TASK_ID.of("invalid parent").with("parent", id);
        }
    }

    /** 400/401 and 403/21 when there is a project and it is not the company's. */
    void checkProject(@Nullable Object project, String company) {
        if (project instanceof String id && !id.isEmpty()) {
            ProjectReferences.requireWritable(id, projects.companyOf(id).orElse(null), company);
        }
    }

    /** The models among these items that exist. */
    List<String> known(List<?> items, String company) {
        List<String> ids = new ArrayList<>(modelIds(items));
        if (!ids.isEmpty()) {
            ids.removeAll(models.missing(ids, company));
        }
        return ids;
    }

    /**
     * To be called after a task was written. What of its references was deleted since they were looked up is marked as
     * deleted, as it is in tasks that were there before.
     *
     * @param knownModels input models that existed before the task was written
     */
    void confirm(String id, Document written, List<String> knownModels, String company) {
        if (written.get("parent") instanceof String parent
                && !parent.startsWith(TaskCreation.DELETED_PREFIX)
                && tasks.find(parent, "_id").isEmpty()) {
            tasks.update(
                    Filters.and(Filters.eq("_id", id), Filters.eq("parent", parent)),
                    Updates.set("parent", TaskCreation.DELETED_PREFIX + parent));
        }
        projects.confirm(written.get("project"));
        if (!knownModels.isEmpty()) {
            models.missing(knownModels, company).forEach(modelTasks::markInputDeleted);
        }
    }

    /** 400/201 when one of the models is neither the company's nor public. */
    void checkModels(List<?> items, String company) {
        Set<String> ids = modelIds(items);
        List<String> missing = ids.isEmpty() ? List.of() : models.missing(new ArrayList<>(ids), company);
        if (!missing.isEmpty()) {
            throw ApiError.INVALID_MODEL_ID.with("models", missing);
        }
    }

    private static Set<String> modelIds(List<?> items) {
        Set<String> ids = new LinkedHashSet<>();
        for (Object item : items) {
            if (item instanceof Map<?, ?> model && model.get("model") != null) {
                ids.add(String.valueOf(model.get("model")));
            }
        }
        return ids;
    }
}
