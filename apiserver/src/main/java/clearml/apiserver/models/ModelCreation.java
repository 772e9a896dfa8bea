package clearml.apiserver.models;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.Call;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.projects.ProjectReferences;
import clearml.apiserver.query.Tags;
import clearml.apiserver.tags.TagCache;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes new models. */
@Component
class ModelCreation {

    /** A new model as a client describes it. */
    record Request(
            @Field(required = true) String name,
            @Field(required = true) String uri,
            @Nullable String comment,
            List<String> tags,
            List<String> systemTags,
            @Nullable String framework,
            Map<String, @Nullable Object> design,
            Map<String, @Nullable Object> labels,
            @Field(or = "true") @Nullable Boolean ready,
            @Field(name = "public") boolean isPublic,
            @Nullable String project,
            @Nullable String parent,
            @Nullable String task,
            Map<String, @Nullable Object> metadata,
            Map<String, @Nullable Object> uiCache) {}

    private final ModelStore store;
    private final ModelTasks tasks;
    private final ProjectReferences projects;
    private final TagCache tagCache;

    ModelCreation(ModelStore store, ModelTasks tasks, ProjectReferences projects, TagCache tagCache) {
        this.store = store;
        this.tasks = tasks;
        this.projects = projects;
        this.tagCache = tagCache;
    }

    /** The id of the new model; 400/12, 400/16, 400/101, 400/800. */
    String create(Request request, Caller caller, ApiVersion version) {
        String company = request.isPublic() ? "" : caller.company();
        if (request.ready() == null) {
            throw ApiError.DATA_VALIDATION_ERROR.with("ready", "Field is required");
        }
        checkReferences(request, company, caller);
        Document model = document(request, company, caller, version);
        store.insert(model);
        confirm(model);
        List<String> changed = Arrays.asList("tags", "system_tags").stream()
                .filter(field -> model.get(field) instanceof Collection<?> tags && !tags.isEmpty())
                .toList();
        tagCache.forget(TagCache.Entity.MODEL, company, Arrays.asList(request.project()), changed);
        return model.getString("_id");
    }

    /** What was deleted since it was looked up is marked so. */
    private void confirm(Document model) {
        projects.confirm(model.get("project"));
        if (model.get("task") instanceof String task && !tasks.exists(task)) {
            store.forgetTask(model.getString("_id"), task);
        }
    }

    private void checkReferences(Request request, String company, Caller caller) {
        String project = request.project();
        if (project != null
                && !projects.companyOf(project).filter(company::equals).isPresent()) {
            throw ApiError.VALIDATION_ERROR.of("Invalid project ids").with("project", project);
        }
        if (request.task() != null) {
            tasks.requireWritable(request.task(), caller);
        }
    }

    private static Document document(Request request, String company, Caller caller, ApiVersion version) {
        Map<String, Object> tags = new HashMap<>(Map.of("tags", request.tags(), "system_tags", request.systemTags()));
        if (version.before("2.3")) {
            Tags.divide(tags, ModelFields.OLD_SYSTEM_TAGS);
        }
        Date now = new Date();
        Document model = new Document("_id", Call.newId())
                .append("company", company)
                .append("user", caller.user())
                .append("name", ModelFields.name(request.name()))
                .append("created", now)
                .append("tags", ModelFields.tags(strings(tags.get("tags"))))
                .append("system_tags", ModelFields.tags(strings(tags.get("system_tags"))))
                .append("uri", request.uri().strip())
                .append("design", ModelFields.checkKeys("design", request.design()))
                .append("labels", ModelFields.newLabels(request.labels()))
                .append("ready", request.ready())
                .append("last_update", now)
                .append("last_change", now)
                .append("last_changed_by", caller.user())
                .append("ui_cache", ModelFields.checkKeys("ui_cache", request.uiCache()))
                .append("metadata", ModelFields.metadata(request.metadata()))
                .append("last_iteration", 0)
                .append("last_metrics", new Document())
                .append("unique_metrics", List.of());
        putUnlessNull(model, "parent", request.parent());
        putUnlessNull(model, "project", request.project());
        putUnlessNull(model, "task", request.task());
        putUnlessNull(model, "comment", request.comment());
        putUnlessNull(model, "framework", request.framework());
        return model;
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(@Nullable Object tags) {
        return tags == null ? List.of() : (List<String>) tags;
    }

    private static void putUnlessNull(Document model, String name, @Nullable String value) {
        if (value != null) {
            model.append(name, value);
        }
    }
}
