package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.Caller;
import clearml.apiserver.projects.ProjectReferences;
import clearml.apiserver.query.MongoValues;
import clearml.apiserver.tags.TagCache;
import com.mongodb.MongoCommandException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Changes what a task is. Each change is one conditional update. */
@Component
class TaskEditing {

    /** Changing only these does not count as work on the task. */
    private static final Set<String> NO_WORK =
            Set.of("name", "status_message", "comment", "created", "project", "tags", "system_tags");

    private static final List<String> UPDATABLE =
            List.of("name", "tags", "system_tags", "comment", "project", "status_message", "output__error");

    private static final List<String> OF_OLDER_VERSIONS = List.of("model", "docker_cmd");

    private static final int CANNOT_CREATE_FIELD = 28;

    private final TaskStore store;
    private final TaskReferences references;
    private final ProjectReferences projects;
    private final TagCache tags;

    TaskEditing(TaskStore store, TaskReferences references, ProjectReferences projects, TagCache tags) {
        this.store = store;
        this.references = references;
        this.projects = projects;
        this.tags = tags;
    }

    Updated edit(String id, boolean force, Map<String, Object> request, Caller caller, ApiVersion version) {
        Date now = new Date();
        boolean moves = request.get("project") != null;
        Document before = moves || TaskContentReader.needsPrevious(request)
                ? editable(id, force, caller, "project", "hyperparams", "configuration")
                : null;
        TaskContent content = content(id, force, request, caller, version, now, before);
        if (content.isEmpty()) {
            editable(id, force, caller);
            return Updated.NOTHING;
        }
        Map<String, Object> marks = marks(content, caller, now);
        List<String> models = inputModels(content, caller.company());
        Document after = write(id, force, caller, content, marks);
        references.confirm(id, new Document(content.whole()), models, caller.company());
        announce(caller.company(), before == null ? after : before, content.whole());
        Map<String, Object> fields = fields(content, after, marks);
        echo(request, fields, version);
        return new Updated(1, TaskAnswers.convert(fields, version));
    }

    /** Versions that have other members for these ignore them, but answer them. */
    private static void echo(Map<String, Object> request, Map<String, Object> fields, ApiVersion version) {
        if (!version.before("2.13") && request.get("execution") instanceof Map<?, ?> given) {
            for (String name : OF_OLDER_VERSIONS) {
                if (given.get(name) != null) {
                    TaskAnswers.members(fields, "execution").put(name, given.get(name));
                }
            }
        }
    }

    /** The input models that a change brings; they have been checked. */
    private List<String> inputModels(TaskContent content, String company) {
        Map<String, @Nullable Object> models = content.parts().get("models");
        return models != null && models.get("input") instanceof List<?> items
                ? references.known(items, company)
                : List.of();
    }

    private TaskContent content(
            String id,
            boolean force,
            Map<String, Object> request,
            Caller caller,
            ApiVersion version,
            Date now,
            @Nullable Document before) {
        try {
            TaskReferences.Found found = references.require(request);
            TaskContent content = TaskContentReader.read(request, version, now, previous(before));
            references.check(found, content, caller);
            TaskValidation.check(content);
            return content;
        } catch (ApiException e) {
            // What is wrong with the task is said before what is wrong with the request.
            editable(id, force, caller);
            throw e;
        }
    }

    private static Map<String, Object> previous(@Nullable Document before) {
        return before == null
                ? Map.of()
                : Map.of(
                        "hyperparams", AnsweredFields.unescaped(before.get("hyperparams"), true),
                        "configuration", AnsweredFields.unescaped(before.get("configuration"), false));
    }

    private static Map<String, Object> marks(TaskContent content, Caller caller, Date now) {
        Map<String, Object> marks = new LinkedHashMap<>();
        if (!NO_WORK.containsAll(content.names())) {
            marks.put("last_update", now);
        }
        marks.put("last_change", now);
        marks.put("last_changed_by", caller.user());
        return marks;
    }

    private Document write(String id, boolean force, Caller caller, TaskContent content, Map<String, Object> marks) {
        List<Bson> changes = content.changes();
        marks.forEach((name, value) -> changes.add(Updates.set(name, value)));
        Bson condition = condition(id, force, caller);
        Document after = updateAndGet(
                condition, Updates.combine(changes), content.parts().keySet());
        if (after == null) {
            editable(id, force, caller);
            throw TaskStore.unknown(id, caller.company());
        }
        return after;
    }

    private static Bson condition(String id, boolean force, Caller caller) {
        Bson own = Filters.and(Filters.eq("_id", id), Filters.eq("company", caller.company()));
        return force ? own : Filters.and(own, Filters.in("status", TaskStatus.CREATED.text(), null));
    }

    /**
     * The objects and the project afterwards. Objects that are null in the store (only other programs write that) are
     * made before members are set in them.
     */
    private @Nullable Document updateAndGet(Bson condition, Bson change, Set<String> objects) {
        Set<String> wanted = new LinkedHashSet<>(objects);
        wanted.add("project");
        String[] members = wanted.toArray(String[]::new);
        try {
            return store.updateAndGet(condition, change, members);
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != CANNOT_CREATE_FIELD) {
                throw e;
            }
            objects.forEach(name ->
                    store.update(Filters.and(condition, Filters.eq(name, null)), Updates.set(name, new Document())));
            return store.updateAndGet(condition, change, members);
        }
    }

    /** A task that may be edited: 400/101, 403/21, and 400/110 when it is no draft and nothing is forced. */
    private Document editable(String id, boolean force, Caller caller, String... members) {
        String[] needed = Arrays.copyOf(members, members.length + 1);
        needed[members.length] = "status";
        Document task = store.forWriting(id, caller.company(), needed);
        TaskStatus status = TaskStatus.of(task);
        if (!force && status != TaskStatus.CREATED) {
            throw ApiError.INVALID_TASK_STATUS
                    .with("expected", TaskStatus.CREATED.text())
                    .with("status", status.text());
        }
        return task;
    }

    private static Map<String, Object> fields(TaskContent content, Document after, Map<String, Object> marks) {
        Map<String, Object> fields = new LinkedHashMap<>();
        content.whole().forEach((name, value) -> fields.put(name, AnsweredFields.of(name, value)));
        content.parts().keySet().forEach(name -> fields.put(name, AnsweredFields.of(name, after.get(name))));
        fields.putAll(marks);
        return fields;
    }

    /** Tells those whom a change of tags or project concerns; {@code before} has the project that the task was in. */
    private void announce(String company, Document before, Map<String, Object> changed) {
        Object from = before.get("project");
        Object to = changed.get("project");
        boolean moved = changed.containsKey("project");
        List<@Nullable Object> concerned = Arrays.asList(from, to);
        tags.forget(
                TagCache.Entity.TASK,
                company,
                concerned,
                TaskTags.FIELDS.stream()
                        .filter(name -> moved || changed.containsKey(name))
                        .toList());
        if (moved) {
            projects.touch(Objects.equals(from, to) ? Arrays.asList(to) : concerned);
        }
    }

    Updated update(String id, Map<String, Object> request, Caller caller, ApiVersion version) {
        Map<String, Object> given = updatable(request, version);
        if (given.isEmpty()) {
            store.forWriting(id, caller.company());
            return Updated.NOTHING;
        }
        references.requireProject(given, caller);
        TaskValidation.check(new TaskContent(new LinkedHashMap<>(given), Map.of()));
        Map<String, Object> fields = new LinkedHashMap<>();
        given.forEach((name, value) -> fields.put(name, AnsweredFields.of(name, value)));
        fields.put("last_change", new Date());
        fields.put("last_changed_by", caller.user());
        Document before = store.updateAndGetBefore(own(id, caller), changes(given, fields), "project");
        if (before == null) {
            store.forWriting(id, caller.company());
            throw TaskStore.unknown(id, caller.company());
        }
        projects.confirm(given.get("project"));
        announce(caller.company(), before, given);
        return new Updated(1, TaskAnswers.convert(fields, version));
    }

    /** What of a request an update honours, by stored names. */
    static Map<String, Object> updatable(Map<String, Object> request, ApiVersion version) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (String name : UPDATABLE) {
            Object value = MongoValues.of(request.get(name));
            if (value != null) {
                given.put(name.replace("__", "."), value);
            }
        }
        TaskTags.listIn(given);
        TaskTags.checkIn(given, version);
        return given;
    }

    /** The updates that write the given members and the marks of the change. */
    private static Bson changes(Map<String, Object> given, Map<String, Object> fields) {
        List<Bson> changes = new ArrayList<>();
        given.forEach((name, value) -> changes.add(
                Updates.set(name, name.equals("name") ? value.toString().strip() : value)));
        changes.add(Updates.set("last_change", fields.get("last_change")));
        changes.add(Updates.set("last_changed_by", fields.get("last_changed_by")));
        return Updates.combine(changes);
    }

    Updated setRequirements(String id, Map<String, Object> requirements, Caller caller) {
        Date now = new Date();
        Bson change = Updates.combine(
                Updates.set("script.requirements", MongoValues.of(requirements)),
                Updates.set("last_update", now),
                Updates.set("last_change", now),
                Updates.set("last_changed_by", caller.user()));
        long updated = store.update(own(id, caller), change);
        if (updated == 0) {
            store.forWriting(id, caller.company());
            throw TaskStore.unknown(id, caller.company());
        }
        return new Updated(updated, Map.of());
    }

    private static Bson own(String id, Caller caller) {
        return Filters.and(Filters.eq("_id", id), Filters.eq("company", caller.company()));
    }
}
