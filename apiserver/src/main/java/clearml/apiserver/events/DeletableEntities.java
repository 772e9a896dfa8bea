package clearml.apiserver.events;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.util.List;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** Whether the events of a task or model may be deleted. */
@Component
class DeletableEntities {

    private final MongoCollection<Document> tasks;
    private final MongoCollection<Document> models;

    DeletableEntities(MongoStores stores) {
        this.tasks = stores.backend("task");
        this.models = stores.backend("model");
    }

    void requireTask(String id, boolean lockedAllowed, Caller caller) {
        Document task = tasks.find(Filters.and(Filters.eq("_id", id), Filters.in("company", caller.company(), "")))
                .projection(Projections.include("company", "status"))
                .first();
        if (task == null) {
            throw ApiError.INVALID_TASK_ID.with("id", id).with("company", caller.company());
        }
        if (!caller.company().equals(task.getString("company"))) {
            throw ApiError.NO_WRITE_PERMISSION.with("id", id);
        }
        if (!lockedAllowed && EventEntities.LOCKED.contains(task.getString("status"))) {
            throw ApiException.message(
                    ApiError.INVALID_TASK_ID,
                    "Cannot update events for a published task: id=" + id + ", company=" + caller.company());
        }
    }

    void requireModel(String id, boolean lockedAllowed, Caller caller) {
        Document model = models.find(Filters.and(Filters.eq("_id", id), Filters.eq("company", caller.company())))
                .projection(Projections.include("ready"))
                .first();
        if (model == null) {
            throw ApiError.INVALID_MODEL_ID.with("ids", List.of(id));
        }
        if (!lockedAllowed && Boolean.TRUE.equals(model.getBoolean("ready"))) {
            throw ApiException.message(
                    ApiError.INVALID_MODEL_ID,
                    "Cannot update events for a published model: id=" + id + ", company=" + caller.company());
        }
    }
}
