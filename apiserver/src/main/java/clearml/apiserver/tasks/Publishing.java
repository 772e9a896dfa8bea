package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.models.ModelReferences;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Publishes tasks: for good, and with the last of their output models. */
@Component
public class Publishing {

    private final TaskStore store;
    private final StatusMachine machine;
    private final ModelReferences models;

    Publishing(TaskStore store, StatusMachine machine, ModelReferences models) {
        this.store = store;
        this.machine = machine;
        this.models = models;
    }

    /**
     * What publishing is asked with.
     *
     * @param withModel whether the last output model is published too
     */
    record Order(@Nullable String reason, @Nullable String message, boolean force, boolean withModel) {}

    /** Publishes a task; while its model is being published its status is {@code publishing}. */
    Updated publish(String id, Order order, Caller caller) {
        Document task = store.forWriting(id, caller.company(), "status", "project", "models", "output");
        TaskStatus current = TaskStatus.of(task);
        if (!order.force()) {
            requirePublishable(current);
        }
        begin(task, current);
        try {
            if (order.withModel()) {
                publishModel(task, caller);
            }
            StatusChange change = StatusChange.to(TaskStatus.PUBLISHED, caller)
                    .because(order.reason(), order.message())
                    .forced(order.force())
                    .setNow("published");
            Updated updated = machine.apply(change, new Document(task).append("status", TaskStatus.PUBLISHING.text()));
            updated.fields().put("output", task.get("output", new Document()));
            return updated;
        } catch (RuntimeException e) {
            store.update(condition(task, TaskStatus.PUBLISHING.text()), Updates.set("status", task.get("status")));
            throw e;
        }
    }

    /**
     * Publishes the task of a model that is being published, unless it is published already; the answer of
     * {@code tasks.publish}, or null when there was nothing to do.
     */
    public @Nullable Map<String, Object> publishTaskOfModel(String id, boolean force, Caller caller) {
        Document task = store.find(id, "company", "status").orElse(null);
        if (task == null
                || !caller.company().equals(task.get("company"))
                || TaskStatus.of(task) == TaskStatus.PUBLISHED) {
            return null;
        }
        Updated updated = publish(id, new Order("", "", force, false), caller);
        return Map.of("updated", updated.updated(), "fields", updated.fields());
    }

    private static void requirePublishable(TaskStatus current) {
        if (current == TaskStatus.PUBLISHED) {
            throw ApiError.INVALID_TASK_STATUS
                    .of("Invalid status change")
                    .with("current_status", current.text())
                    .with("new_status", current.text());
        }
        StatusMachine.require(current, TaskStatus.PUBLISHED);
    }

    private void begin(Document task, TaskStatus current) {
        Bson unchanged = condition(task, task.get("status"));
        if (store.update(unchanged, Updates.set("status", TaskStatus.PUBLISHING.text())) == 0) {
            throw ApiError.FAILED_CHANGING_TASK_STATUS
                    .with("task_id", TaskStore.id(task))
                    .with("current_status", current.text())
                    .with("new_status", TaskStatus.PUBLISHED.text());
        }
    }

    private static Bson condition(Document task, @Nullable Object status) {
        return Filters.and(Filters.eq("_id", TaskStore.id(task)), Filters.eq("status", status));
    }

    private void publishModel(Document task, Caller caller) {
        if (task.get("models") instanceof Document lists
                && lists.get("output") instanceof List<?> output
                && !output.isEmpty()
                && output.get(output.size() - 1) instanceof Map<?, ?> last
                && last.get("model") != null) {
            models.publish(String.valueOf(last.get("model")), caller.company(), caller.user());
        }
    }
}
