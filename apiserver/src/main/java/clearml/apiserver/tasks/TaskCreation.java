package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.Call;
import clearml.apiserver.call.Caller;
import clearml.apiserver.tags.TagCache;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** Makes new tasks. */
@Component
class TaskCreation {

    /** What is left of the id of a parent or model that is gone. */
    static final String DELETED_PREFIX = "__DELETED__";

    private final TaskStore store;
    private final TaskReferences references;
    private final TagCache tags;

    TaskCreation(TaskStore store, TaskReferences references, TagCache tags) {
        this.store = store;
        this.references = references;
        this.tags = tags;
    }

    /** The id of the new task. */
    String create(Map<String, Object> request, Caller caller, ApiVersion version) {
        Date now = new Date();
        TaskContent content = creatable(request, caller, version, now);
        references.enterProject(request, caller);
        Document task = TaskDefaults.task(Call.newId(), caller.company(), caller.user(), now);
        content.fill(task);
        TaskTags.FIELDS.forEach(name -> task.getList(name, String.class).sort(null));
        save(task, references.known(TaskDefaults.inputModels(task), caller.company()));
        return TaskStore.id(task);
    }

    /** Throws what creating would, but for values that cannot be stored. */
    void validate(Map<String, Object> request, Caller caller, ApiVersion version) {
        Map<String, Object> given = new HashMap<>(request);
        if (given.get("parent") instanceof String parent && parent.startsWith(DELETED_PREFIX)) {
            given.remove("parent");
        }
        checked(given, caller, version, new Date());
    }

    private TaskContent creatable(Map<String, Object> request, Caller caller, ApiVersion version, Date now) {
        TaskContent content;
        try {
            content = read(request, version, now);
            TaskValidation.check(content);
        } catch (ApiException e) {
            // What is wrong with the references is said before what is wrong with the values.
            checked(request, caller, version, now);
            throw e;
        }
        references.check(references.requireParent(request), content, caller);
        return content;
    }

    private static TaskContent read(Map<String, Object> request, ApiVersion version, Date now) {
        TaskContent content = TaskContentReader.read(request, version, now, Map.of());
        content.whole().remove("status");
        return content;
    }

    private TaskContent checked(Map<String, Object> request, Caller caller, ApiVersion version, Date now) {
        TaskReferences.Found found = references.require(request);
        TaskContent content = read(request, version, now);
        references.check(found, content, caller);
        return content;
    }

    /**
     * Stores a new task; its project has been told.
     *
     * @param knownModels its input models that exist
     */
    void save(Document task, List<String> knownModels) {
        store.insert(task);
        List<String> used = TaskTags.FIELDS.stream()
                .filter(name -> task.get(name) instanceof Collection<?> items && !items.isEmpty())
                .toList();
        List<Object> project = Collections.singletonList(task.get("project"));
        tags.forget(TagCache.Entity.TASK, task.getString("company"), project, used);
        references.confirm(TaskStore.id(task), task, knownModels, task.getString("company"));
    }
}
