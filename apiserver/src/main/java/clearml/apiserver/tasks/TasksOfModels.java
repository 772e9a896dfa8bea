package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.models.ModelTasks;
import clearml.apiserver.query.KeyEscaping;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
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

/** What happens to models shows in the tasks that made or use them. */
@Component
class TasksOfModels implements ModelTasks {

    private static final String INPUT = "models.input";
    private static final String OUTPUT = "models.output";
    private static final String DELETED = "__DELETED__";

    private final TaskStore store;
    private final Publishing publishing;

    TasksOfModels(TaskStore store, Publishing publishing) {
        this.store = store;
        this.publishing = publishing;
    }

    @Override
    public void requireWritable(String task, Caller caller) {
        store.forWriting(task, caller.company());
    }

    @Override
    public boolean exists(String task) {
        return store.exists(Filters.eq("_id", task));
    }

    @Override
    public String lastOutput(String id, Caller caller) {
        Document task = store.find(id, "company", OUTPUT)
                .filter(found -> caller.company().equals(found.get("company")))
                .orElseThrow(() -> TaskStore.unknown(id, caller.company()));
        String model = last(task, OUTPUT);
        if (model == null) {
            throw ApiError.MISSING_TASK_FIELDS.with("field", OUTPUT);
        }
        return model;
    }

    @Override
    public Maker maker(String id, Caller caller) {
        Document task = store.forWriting(id, caller.company(), "name", "status", "project", "models", "execution");
        Document execution = task.get("execution", new Document());
        return new Maker(
                task.getString("name"),
                TaskStatus.of(task).text(),
                task.getString("project"),
                execution.getString("framework"),
                unescaped(execution.get("model_desc")),
                unescaped(execution.get("model_labels")),
                last(task, OUTPUT),
                first(task, INPUT));
    }

    private static Map<String, @Nullable Object> unescaped(@Nullable Object map) {
        Map<String, @Nullable Object> unescaped = new LinkedHashMap<>();
        if (map instanceof Map<?, ?> stored) {
            stored.forEach((key, value) -> {
                if (value != null) {
                    unescaped.put(KeyEscaping.unescape(String.valueOf(key)), value);
                }
            });
        }
        return unescaped;
    }

    private static @Nullable String first(Document task, String list) {
        List<String> ids = ids(task, list);
        return ids.isEmpty() ? null : ids.get(0);
    }

    private static @Nullable String last(Document task, String list) {
        List<String> ids = ids(task, list);
        return ids.isEmpty() ? null : ids.get(ids.size() - 1);
    }

    private static List<String> ids(Document task, String list) {
        List<?> items = task.getEmbedded(List.of(list.split("\\.")), List.of());
        return items.stream()
                .filter(item -> item instanceof Map<?, ?> entry && entry.get("model") != null)
                .map(item -> String.valueOf(((Map<?, ?>) item).get("model")))
                .toList();
    }

    @Override
    public void replaceOutput(String task, String model, Caller caller) {
        Date now = new Date();
        Document entry =
                new Document("name", "Output Model").append("model", model).append("updated", now);
        store.update(
                Filters.and(Filters.eq("_id", task), Filters.eq("company", caller.company())),
                changed(Updates.combine(Updates.set(OUTPUT, List.of(entry)), Updates.set("last_update", now)), caller));
    }

    @Override
    public void raiseIteration(String task, int iteration, Caller caller) {
        Date now = new Date();
        store.update(
                Filters.and(Filters.eq("_id", task), Filters.eq("company", caller.company())),
                Updates.combine(
                        Updates.max("last_iteration", iteration),
                        Updates.set("last_update", now),
                        Updates.set("last_change", now),
                        Updates.set("last_changed_by", caller.user())));
    }

    @Override
    public long countUsers(String model) {
        return store.count(Filters.eq(INPUT + ".model", model));
    }

    @Override
    public void markInputDeleted(String model) {
        Bson mark = Updates.set(INPUT + ".$.model", DELETED + model);
        // An update reaches the first of the entries of a task; there may be more.
        while (store.updateMany(Filters.eq(INPUT + ".model", model), mark) > 0) {}
    }

    @Override
    public boolean isPublished(String task) {
        return store.exists(Filters.and(Filters.eq("_id", task), isPublished()));
    }

    @Override
    public void forgetOutput(String task, String model, Caller caller) {
        Bson maker = Filters.and(Filters.eq("_id", task), Filters.eq(OUTPUT + ".model", model));
        Bson pull = Updates.pull(OUTPUT, new Document("model", model));
        if (store.update(Filters.and(maker, Filters.ne("status", TaskStatus.PUBLISHED.text())), changed(pull, caller))
                == 0) {
            Bson mark = Updates.combine(
                    Updates.set(OUTPUT + ".$.model", DELETED + model),
                    Updates.set("output.error", "model deleted on " + LocalDateTime.now(ZoneOffset.UTC)));
            store.update(Filters.and(maker, isPublished()), changed(mark, caller));
        }
    }

    @Override
    public void forget(Collection<String> models, Caller caller) {
        if (models.isEmpty()) {
            return;
        }
        Set<String> inputs = new HashSet<>();
        store.list(Filters.in(INPUT + ".model", models), INPUT).forEach(task -> inputs.addAll(ids(task, INPUT)));
        inputs.retainAll(models);
        inputs.forEach(this::markInputDeleted);
        for (Document task : store.list(Filters.in(OUTPUT + ".model", models), OUTPUT)) {
            Set<String> outputs = new HashSet<>(ids(task, OUTPUT));
            outputs.retainAll(models);
            outputs.forEach(model -> forgetOutput(TaskStore.id(task), model, caller));
        }
    }

    @Override
    public @Nullable Map<String, Object> publish(String task, boolean force, Caller caller) {
        Map<String, Object> published = publishing.publishTaskOfModel(task, force, caller);
        if (published == null) {
            return null;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", task);
        answer.put("data", published);
        return answer;
    }

    private static Bson isPublished() {
        return Filters.eq("status", TaskStatus.PUBLISHED.text());
    }

    private static Bson changed(Bson change, Caller caller) {
        return Updates.combine(
                change, Updates.set("last_change", new Date()), Updates.set("last_changed_by", caller.user()));
    }
}
