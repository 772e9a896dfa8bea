package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.Caller;
import clearml.apiserver.projects.ProjectCreation;
import clearml.apiserver.projects.ProjectReferences;
import clearml.apiserver.query.Publicity;
import clearml.apiserver.query.Truth;
import clearml.apiserver.query.entities.Entities;
import clearml.apiserver.tags.TagCache;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Changes of where tasks are found; none of them counts as work on a task. */
@Component
class Sorting {

    private final TaskStore store;
    private final TaskReferences references;
    private final ProjectReferences projects;
    private final ProjectCreation projectCreation;
    private final TagCache tags;
    private final Publicity publicity;

    Sorting(
            TaskStore store,
            TaskReferences references,
            ProjectReferences projects,
            ProjectCreation projectCreation,
            TagCache tags,
            Publicity publicity) {
        this.store = store;
        this.references = references;
        this.projects = projects;
        this.projectCreation = projectCreation;
        this.tags = tags;
        this.publicity = publicity;
    }

    long changeTags(SortingApi.Tags request, Caller caller) {
        Set<Object> concerned = projectsOf(store.allForWriting(request.ids(), caller.company(), "project"));
        long updated = 0;
        if (!request.addTags().isEmpty()) {
            updated += write(request.ids(), caller, Updates.addEachToSet("tags", request.addTags()));
        }
        if (!request.removeTags().isEmpty()) {
            updated += write(request.ids(), caller, Updates.pullAll("tags", request.removeTags()));
        }
        tags.forget(TagCache.Entity.TASK, caller.company(), concerned, List.of("tags"));
        projects.touch(concerned);
        return updated;
    }

    /** The id of the project, null for the root. */
    @Nullable
    String move(SortingApi.Move request, Caller caller) {
        Set<Object> concerned = projectsOf(store.allForWriting(request.ids(), caller.company(), "project"));
        boolean toRoot = !Truth.of(request.project()) && !Truth.of(request.projectName());
        String project = toRoot ? null : projectCreation.findOrCreate(request.project(), request.projectName(), caller);
        write(request.ids(), caller, Updates.set("project", project));
        projects.confirm(project);
        if (project != null) {
            concerned.add(project);
        }
        tags.forget(TagCache.Entity.TASK, caller.company(), concerned, TaskTags.FIELDS);
        projects.touch(concerned);
        return project;
    }

    private static Set<Object> projectsOf(List<Document> tasks) {
        Set<Object> projects = new HashSet<>();
        tasks.forEach(task -> {
            if (task.get("project") != null) {
                projects.add(task.get("project"));
            }
        });
        return projects;
    }

    private long write(Collection<String> ids, Caller caller, Bson change) {
        List<Bson> updates = GatedChanges.touch(caller, new Date());
        updates.add(change);
        return store.updateMany(
                Filters.and(Filters.in("_id", ids), Filters.eq("company", caller.company())), Updates.combine(updates));
    }

    /** How many tasks were changed. Of several lines for a task the last one counts. */
    long updateAll(List<Map<String, @Nullable Object>> lines, Caller caller, ApiVersion version) {
        Map<String, Map<String, Object>> changes = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> line : lines) {
            if (!line.isEmpty()) {
                changes.put(task(line), TaskEditing.updatable(line, version));
            }
        }
        if (changes.isEmpty()) {
            return 0;
        }
        List<Document> tasks = store.allForWriting(changes.keySet(), caller.company(), "project");
        Set<Object> concerned = new HashSet<>();
        changes.values().forEach(change -> {
            references.requireProject(change, caller);
            TaskValidation.check(new TaskContent(change, Map.of()));
        });
        long updated = 0;
        for (Document task : tasks) {
            Map<String, Object> change = changes.getOrDefault(TaskStore.id(task), Map.of());
            updated += change.isEmpty() ? 0 : updateOne(task, change, caller);
            projects.confirm(change.get("project"));
            note(task, change, concerned);
        }
        tags.forget(TagCache.Entity.TASK, caller.company(), concerned, TaskTags.FIELDS);
        projects.touch(concerned);
        return updated;
    }

    private static String task(Map<String, @Nullable Object> line) {
        if (line.get("task") instanceof String id) {
            return id;
        }
        throw ApiError.VALIDATION_ERROR.of("error for field 'task'. field is required!");
    }

    private long updateOne(Document task, Map<String, Object> change, Caller caller) {
        List<Bson> updates = GatedChanges.touch(caller, new Date());
        change.forEach((name, value) -> updates.add(
                Updates.set(name, name.equals("name") ? value.toString().strip() : value)));
        return store.update(Filters.eq("_id", TaskStore.id(task)), Updates.combine(updates));
    }

    /** Projects that a task left or came into, or whose tags may have changed. */
    private static void note(Document task, Map<String, Object> change, Set<Object> concerned) {
        boolean moved = change.containsKey("project") && !change.get("project").equals(task.get("project"));
        boolean tagged = TaskTags.FIELDS.stream().anyMatch(change::containsKey);
        if (moved || tagged) {
            List<Object> both = new ArrayList<>();
            both.add(task.get("project"));
            both.add(change.get("project"));
            both.stream().filter(Truth::of).forEach(concerned::add);
        }
    }

    long makePublic(List<String> ids, Caller caller) {
        return publicity.open(Entities.TASK, ids, caller.company(), caller.user(), ApiError.INVALID_TASK_ID);
    }

    long makePrivate(List<String> ids, Caller caller) {
        return publicity.close(Entities.TASK, ids, caller.company(), caller.user(), ApiError.INVALID_TASK_ID);
    }
}
