package clearml.apiserver.models;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.call.RequestBinder;
import clearml.apiserver.projects.ProjectReferences;
import clearml.apiserver.query.DateTexts;
import clearml.apiserver.query.Tags;
import clearml.apiserver.query.Truth;
import clearml.apiserver.tags.TagCache;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Changes models: {@code edit} writes what is given and not null, {@code update} some fields, nulls included. */
@Component
class ModelEditing {

    /** Writing one of these is a change of content. */
    private static final Set<String> CONTENT =
            Set.of("uri", "framework", "design", "labels", "ready", "metadata", "system_tags", "tags");

    private static final List<String> EDITED = List.of(
            "name",
            "tags",
            "system_tags",
            "task",
            "comment",
            "uri",
            "project",
            "parent",
            "framework",
            "design",
            "labels",
            "ready",
            "metadata");
    private static final List<String> UPDATED =
            List.of("name", "project", "created", "comment", "tags", "system_tags", "uri", "ui_cache", "metadata");
    /** No list shows models without these: a null is no change. */
    private static final List<String> NEVER_NULL = List.of("name", "tags", "system_tags", "metadata");

    /** The typed members of both requests; which of them were sent is read from the raw one. */
    record Request(
            @Field(required = true) String model,
            @Nullable String name,
            @Nullable String comment,
            List<String> tags,
            List<String> systemTags,
            @Nullable String uri,
            @Nullable String project,
            @Nullable String parent,
            @Nullable String task,
            @Nullable String framework,
            @Nullable Boolean ready,
            Map<String, @Nullable Object> design,
            @Nullable Object labels,
            Map<String, @Nullable Object> metadata,
            Map<String, @Nullable Object> uiCache,
            @Nullable Integer iteration) {}

    private final ModelStore store;
    private final ModelTasks tasks;
    private final ProjectReferences projects;
    private final TagCache tagCache;

    ModelEditing(ModelStore store, ModelTasks tasks, ProjectReferences projects, TagCache tagCache) {
        this.store = store;
        this.tasks = tasks;
        this.projects = projects;
        this.tagCache = tagCache;
    }

    /** {@code {"updated", "fields"}}; null members are as good as absent. */
    Map<String, Object> edit(Request request, Map<String, @Nullable Object> raw, Caller caller, ApiVersion version) {
        Document model = store.own(request.model(), caller.company());
        raw.values().removeIf(value -> value == null);
        if (raw.get("task") instanceof String task && task.startsWith(ModelFields.DELETED)) {
            raw.remove("task");
        }
        checkReferences(raw, caller);
        Map<String, @Nullable Object> fields = fields(raw, EDITED, version);
        if (fields.containsKey("uri")) {
            fields.put("ui_cache", new Document());
        }
        Object task = raw.getOrDefault("task", model.get("task"));
        if (request.iteration() != null && task != null) {
            tasks.raiseIteration(task.toString(), request.iteration(), caller);
        }
        return write(model, fields, caller, true);
    }

    /** {@code {"updated", "fields"}}; null members are written where the model may lack them. */
    Map<String, Object> update(Request request, Map<String, @Nullable Object> raw, Caller caller, ApiVersion version) {
        Document model = store.own(request.model(), caller.company());
        if (raw.containsKey("task")) {
            tasks.requireWritable(String.valueOf(raw.get("task")), caller);
            if (request.iteration() != null) {
                tasks.raiseIteration(String.valueOf(raw.get("task")), request.iteration(), caller);
            }
        }
        NEVER_NULL.forEach(name -> raw.remove(name, null));
        if (request.labels() != null) {
            ModelFields.changedLabels(request.labels());
        }
        Map<String, @Nullable Object> fields = fields(raw, UPDATED, version);
        if (fields.containsKey("uri") && !fields.containsKey("ui_cache")) {
            fields.put("ui_cache", new Document());
        }
        return write(model, fields, caller, false);
    }

    /** An update that the server asks for itself. */
    Map<String, Object> update(Map<String, @Nullable Object> raw, Caller caller, ApiVersion version) {
        return update(RequestBinder.bind(Request.class, raw), raw, caller, version);
    }

    private void checkReferences(Map<String, @Nullable Object> raw, Caller caller) {
        if (raw.get("project") instanceof String project
                && projects.companyOf(project).isEmpty()) {
            throw missing("Project", project, "project");
        }
        if (raw.get("parent") instanceof String parent
                && store.find(new Document("_id", parent)).isEmpty()) {
            throw missing("Model", parent, "parent");
        }
        if (raw.get("task") instanceof String task) {
            if (!tasks.exists(task)) {
                throw missing("Task", task, "task");
            }
            tasks.requireWritable(task, caller);
        }
    }

    private static RuntimeException missing(String what, String id, String field) {
        return ApiError.FIELDS_VALUE_ERROR
                .of("expecting " + what + " id")
                .with("id", id)
                .with("field", field);
    }

    private static Map<String, @Nullable Object> fields(
            Map<String, @Nullable Object> raw, List<String> names, ApiVersion version) {
        if (version.before("2.3")) {
            Tags.divide(raw, ModelFields.OLD_SYSTEM_TAGS);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name : names) {
            if (raw.containsKey(name)) {
                Object value = raw.get(name);
                fields.put(name, value == null ? null : stored(name, value));
            }
        }
        return fields;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object stored(String name, Object value) {
        return switch (name) {
            case "name" -> ModelFields.name((String) value);
            case "uri" -> ((String) value).strip();
            // An empty object is an empty list.
            case "tags", "system_tags" -> ModelFields.tags(value instanceof List<?> ? (List<String>) value : List.of());
            case "labels" -> ModelFields.changedLabels(value);
            case "design", "ui_cache" -> ModelFields.checkKeys(name, (Map<String, @Nullable Object>) value);
            case "metadata" -> ModelFields.metadata((Map<String, @Nullable Object>) value);
            case "created" -> moment(value);
            case "ready" -> Truth.of(value);
            default -> value;
        };
    }

    private static Date moment(Object value) {
        Date moment = value instanceof String text ? DateTexts.parse(text) : null;
        if (moment == null) {
            throw ApiError.DATA_VALIDATION_ERROR.with("created", "cannot parse date \"" + value + "\"");
        }
        return moment;
    }

    private Map<String, Object> write(
            Document model, Map<String, @Nullable Object> fields, Caller caller, boolean tellsUpdate) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (fields.isEmpty()) {
            answer.put("updated", 0);
            answer.put("fields", Map.of());
            return answer;
        }
        Date now = new Date();
        List<Bson> changes = new ArrayList<>();
        fields.forEach((name, value) -> changes.add(Updates.set(name, value)));
        boolean content = fields.keySet().stream().anyMatch(CONTENT::contains);
        if (content) {
            changes.add(Updates.set("last_update", now));
        }
        store.change(model.getString("_id"), caller, changes.toArray(Bson[]::new));
        projects.confirm(fields.get("project"));
        if (fields.get("task") instanceof String task && !tasks.exists(task)) {
            store.forgetTask(model.getString("_id"), task);
        }
        forgetTags(model, fields, caller);
        Map<String, @Nullable Object> told = new LinkedHashMap<>(fields);
        told.put("last_change", now);
        told.put("last_changed_by", caller.user());
        if (content && tellsUpdate) {
            told.put("last_update", now);
        }
        answer.put("updated", 1);
        answer.put("fields", told);
        return answer;
    }

    private void forgetTags(Document model, Map<String, @Nullable Object> fields, Caller caller) {
        Object former = model.get("project");
        boolean moved = fields.containsKey("project") && !Objects.equals(former, fields.get("project"));
        List<String> kinds = List.of("tags", "system_tags").stream()
                .filter(kind -> moved || fields.containsKey(kind))
                .toList();
        tagCache.forget(TagCache.Entity.MODEL, caller.company(), Arrays.asList(former, fields.get("project")), kinds);
    }
}
