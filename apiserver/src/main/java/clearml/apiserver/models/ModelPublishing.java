package clearml.apiserver.models;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Publishes models, and with them the tasks that made them. */
@Component
public class ModelPublishing {

    private final ModelStore store;
    private final ModelTasks tasks;

    ModelPublishing(ModelStore store, ModelTasks tasks) {
        this.store = store;
        this.tasks = tasks;
    }

    /**
     * Publishes a model; its task first, if wanted, so that a task that cannot be published keeps the model back.
     *
     * @return what became of the task, null when none was published
     * @throws clearml.apiserver.call.ApiException 400/201, 400/203 when it is published, 400/110 for its task
     */
    @Nullable
    Map<String, Object> publish(String id, boolean withTask, boolean forceTask, Caller caller) {
        Document model = store.own(id, caller.company());
        if (Boolean.TRUE.equals(model.get("ready"))) {
            throw isReady(id, caller);
        }
        String task = model.getString("task");
        Map<String, Object> published = withTask && task != null ? tasks.publish(task, forceTask, caller) : null;
        if (!markReady(id, caller)) {
            throw isReady(id, caller);
        }
        return published;
    }

    /** Publishes a model alone; false when it is published already or not the company's. */
    public boolean markReady(String id, Caller caller) {
        return store.changeIf(
                        Filters.ne("ready", true),
                        id,
                        caller,
                        Updates.set("ready", true),
                        Updates.set("last_update", new Date()))
                > 0;
    }

    private static RuntimeException isReady(String id, Caller caller) {
        return ApiError.MODEL_IS_READY.with("company", caller.company()).with("model", id);
    }
}
