package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.Call;
import clearml.apiserver.call.Caller;
import clearml.apiserver.projects.ProjectCreation;
import clearml.apiserver.projects.ProjectReferences;
import clearml.apiserver.query.Truth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** Makes drafts that are like other tasks: with what was put into these, and nothing of what came out. */
@Component
class Cloning {

    /** The last version whose requests have a single model and a docker command in the execution, as overrides have. */
    private static final ApiVersion OF_OVERRIDES = ApiVersion.of("2.12");

    private static final List<String> COPIED = List.of(
            "name", "type", "comment", "tags", "project", "container", "hyperparams", "configuration", "script");

    private final TaskStore store;
    private final TaskCreation creation;
    private final TaskReferences references;
    private final ProjectReferences projects;
    private final ProjectCreation projectCreation;

    Cloning(
            TaskStore store,
            TaskCreation creation,
            TaskReferences references,
            ProjectReferences projects,
            ProjectCreation projectCreation) {
        this.store = store;
        this.creation = creation;
        this.references = references;
        this.projects = projects;
        this.projectCreation = projectCreation;
    }

    Map<String, Object> copy(CloneApi.Clone request, Caller caller) {
        Document source = store.visible(request.task(), caller.company())
                .orElseThrow(() -> ApiError.INVALID_TASK_ID.with("id", request.task()));
        Date now = new Date();
        TaskContent content = TaskContentReader.read(overrides(request), OF_OVERRIDES, now, previous(source));
        Document copy = draft(source, content, caller, now);
        if (Truth.of(request.newTaskParent())) {
            copy.put("parent", request.newTaskParent());
        }
        if (Truth.of(request.newTaskProject())) {
            copy.put("project", request.newTaskProject());
        }
        boolean newProject = Truth.of(request.newProjectName()) && !Truth.of(request.newTaskProject());
        if (newProject) {
            copy.remove("project");
        }
        check(request, content, copy, caller);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", TaskStore.id(copy));
        if (newProject) {
            String project = projectCreation.findOrCreate(null, request.newProjectName(), caller);
            copy.put("project", project);
            answer.put("new_project", Map.of("id", project, "name", String.valueOf(request.newProjectName())));
        }
        creation.save(copy, references.known(TaskDefaults.inputModels(copy), caller.company()));
        projects.touch(Collections.singletonList(copy.get("project")));
        return answer;
    }

    /** The overrides as a request to create a task. */
    private static Map<String, Object> overrides(CloneApi.Clone request) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", request.newTaskName());
        fields.put("comment", request.newTaskComment());
        fields.put("tags", request.newTaskTags());
        fields.put("system_tags", request.newTaskSystemTags());
        fields.put("hyperparams", request.newTaskHyperparams());
        fields.put("configuration", request.newTaskConfiguration());
        fields.put("container", request.newTaskContainer());
        Map<String, Object> execution = new LinkedHashMap<>(request.executionOverrides());
        if (!request.newTaskInputModels().isEmpty()) {
            fields.put("models", Map.of("input", request.newTaskInputModels()));
            execution.remove("model");
        }
        execution.remove("queue");
        fields.put("execution", execution);
        fields.values().removeIf(value -> !Truth.of(value));
        return fields;
    }

    private static Map<String, Object> previous(Document source) {
        return Map.of(
                "hyperparams", AnsweredFields.unescaped(source.get("hyperparams"), true),
                "configuration", AnsweredFields.unescaped(source.get("configuration"), false));
    }

    private static Document draft(Document source, TaskContent content, Caller caller, Date now) {
        Document copy = TaskDefaults.task(Call.newId(), caller.company(), caller.user(), now);
        for (String member : COPIED) {
            if (source.get(member) != null) {
                copy.put(member, Items.withoutMarkers(source.get(member)));
            }
        }
        copy.put("system_tags", systemTags(source));
        copy.put("parent", parent(source));
        Document execution = copy.get("execution", Document.class);
        if (source.get("execution") instanceof Document former) {
            former.forEach((name, value) -> {
                if (value != null && !name.equals("queue")) {
                    execution.put(name, name.equals("artifacts") ? inputs(value) : value);
                }
            });
        }
        if (source.get("output") instanceof Document output && output.get("destination") != null) {
            copy.put("output", new Document("destination", output.get("destination")));
        }
        if (source.get("models") instanceof Document models && models.get("input") != null) {
            copy.get("models", Document.class).put("input", models.get("input"));
        }
        content.fill(copy);
        execution.computeIfPresent("model_labels", (name, labels) -> integers(labels));
        TaskTags.FIELDS.forEach(name -> copy.getList(name, String.class).sort(null));
        return copy;
    }

    private static List<String> systemTags(Document source) {
        Set<String> ofItsLife = Set.of(TaskTags.DEVELOPMENT, TaskTags.ARCHIVED);
        return source.get("system_tags") instanceof Collection<?> tags
                ? new ArrayList<>(tags.stream()
                        .map(String::valueOf)
                        .filter(tag -> !ofItsLife.contains(tag))
                        .toList())
                : new ArrayList<>();
    }

    private static String parent(Document source) {
        return source.get("parent") instanceof String parent
                        && !parent.isEmpty()
                        && !parent.startsWith(TaskCreation.DELETED_PREFIX)
                ? parent
                : TaskStore.id(source);
    }

    private static Object inputs(Object artifacts) {
        Document inputs = new Document();
        if (artifacts instanceof Document items) {
            items.forEach((key, artifact) -> {
                if (artifact instanceof Map<?, ?> item && Artifacts.INPUT.equals(item.get("mode"))) {
                    inputs.put(key, Items.withoutMarkers(artifact));
                }
            });
        }
        return inputs;
    }

    private static Object integers(Object labels) {
        if (!(labels instanceof Map<?, ?> map)) {
            return labels;
        }
        Document integers = new Document();
        map.forEach((label, value) -> integers.put(
                String.valueOf(label), value instanceof Number number ? (Object) number.intValue() : value));
        return integers;
    }

    private void check(CloneApi.Clone request, TaskContent content, Document copy, Caller caller) {
        if (request.validateReferences() || Truth.of(request.newTaskParent())) {
            references.checkParent(copy.get("parent"), caller.company());
        }
        if (request.validateReferences() || Truth.of(request.newTaskProject())) {
            references.checkProject(copy.get("project"), caller.company());
        } else if (copy.get("project") instanceof String project) {
            projects.companyOf(project)
                    .filter(String::isEmpty)
                    .ifPresent(company -> ProjectReferences.requireWritable(project, company, caller.company()));
        }
        references.checkInputs(content, caller.company());
        if (request.validateReferences()) {
            references.checkModels(copy.get("models", Document.class).getList("input", Object.class), caller.company());
        }
        TaskValidation.check(content);
        TaskValidation.checkName(copy.get("name"));
    }
}
