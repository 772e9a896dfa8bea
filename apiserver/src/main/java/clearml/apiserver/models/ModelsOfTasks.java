package clearml.apiserver.models;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The one output model of a task, as clients up to API version 2.13 know it. */
@Component
class ModelsOfTasks {

    private static final Set<String> CHANGEABLE = Set.of("created", "in_progress");

    /** Either {@code uri} or {@code override_model_id}. */
    record Request(
            @Field(required = true) String task,
            @Nullable String uri,
            @Nullable String name,
            @Nullable String comment,
            List<String> tags,
            List<String> systemTags,
            @Nullable String overrideModelId,
            @Nullable Integer iteration) {}

    private final ModelStore store;
    private final ModelTasks tasks;
    private final ModelCreation creation;
    private final ModelEditing editing;

    ModelsOfTasks(ModelStore store, ModelTasks tasks, ModelCreation creation, ModelEditing editing) {
        this.store = store;
        this.tasks = tasks;
        this.creation = creation;
        this.editing = editing;
    }

    /** Makes, changes or chooses the output model of a task: {@code {"id", "created", "updated", "fields"}}. */
    Map<String, Object> update(Request request, Caller caller, ApiVersion version) {
        if ((request.uri() == null) == (request.overrideModelId() == null)) {
            throw ApiError.MISSING_REQUIRED_FIELDS
                    .of("exactly one field is required")
                    .with("fields", List.of("uri", "override_model_id"));
        }
        ModelTasks.Maker task = tasks.maker(request.task(), caller);
        if (!CHANGEABLE.contains(task.status())) {
            throw ApiError.INVALID_TASK_STATUS
                    .of("model can only be updated for tasks in the ['created', 'in_progress'] states")
                    .with("id", request.task())
                    .with("company", caller.company());
        }
        if (request.overrideModelId() != null) {
            return choose(request, request.overrideModelId(), caller);
        }
        return task.lastOutput() == null
                ? create(request, task, caller, version)
                : change(request, task, task.lastOutput(), caller, version);
    }

    private Map<String, Object> choose(Request request, String model, Caller caller) {
        store.own(model, caller.company());
        tasks.replaceOutput(request.task(), model, caller);
        raiseIteration(request, caller);
        return answer(model, true);
    }

    private Map<String, Object> create(Request request, ModelTasks.Maker task, Caller caller, ApiVersion version) {
        ModelCreation.Request model = new ModelCreation.Request(
                name(request, task),
                String.valueOf(request.uri()),
                comment(request, task),
                request.tags(),
                request.systemTags(),
                task.framework(),
                task.design(),
                task.labels(),
                false,
                false,
                task.project(),
                task.firstInput(),
                request.task(),
                Map.of(),
                Map.of());
        String id = creation.create(model, caller, version);
        tasks.replaceOutput(request.task(), id, caller);
        raiseIteration(request, caller);
        return answer(id, true);
    }

    private void raiseIteration(Request request, Caller caller) {
        if (request.iteration() != null) {
            tasks.raiseIteration(request.task(), request.iteration(), caller);
        }
    }

    private Map<String, Object> change(
            Request request, ModelTasks.Maker task, String model, Caller caller, ApiVersion version) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("model", model);
        members.put("task", request.task());
        members.put("uri", request.uri());
        members.put("name", name(request, task));
        members.put("comment", comment(request, task));
        if (!request.tags().isEmpty()) {
            members.put("tags", new ArrayList<>(request.tags()));
        }
        if (!request.systemTags().isEmpty()) {
            members.put("system_tags", new ArrayList<>(request.systemTags()));
        }
        members.put("iteration", request.iteration());
        Map<String, Object> answer = answer(model, false);
        answer.putAll(editing.update(members, caller, version));
        return answer;
    }

    private static String name(Request request, ModelTasks.Maker task) {
        return request.name() == null ? task.name() : request.name();
    }

    private static String comment(Request request, ModelTasks.Maker task) {
        return request.comment() == null
                ? "Created by task `" + task.name() + "` (" + request.task() + ")"
                : request.comment();
    }

    private static Map<String, Object> answer(String model, boolean created) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", model);
        answer.put("created", created);
        return answer;
    }
}
