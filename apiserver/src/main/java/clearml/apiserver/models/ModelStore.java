package clearml.apiserver.models;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The collection {@code model}. */
@Component
class ModelStore {

    private final MongoCollection<Document> models;

    ModelStore(MongoStores stores) {
        models = stores.backend("model");
    }

    /** A model of the company; 400/201 for any other. */
    Document own(String id, String company) {
        Document found = models.find(byId(id, company)).first();
        if (found == null) {
            throw unknown(id, company);
        }
        return found;
    }

    static ApiException unknown(String id, String company) {
        return ApiError.INVALID_MODEL_ID.with("company", company).with("id", id);
    }

    void insert(Document model) {
        models.insertOne(model);
    }

    /** Changes a model of the company and marks the change; 400/201 for any other. */
    void change(String id, Caller caller, Bson... changes) {
        if (changeIf(new Document(), id, caller, changes) == 0) {
            throw unknown(id, caller.company());
        }
    }

    /** The same under a further condition; the number of models that met it. */
    long changeIf(Bson condition, String id, Caller caller, Bson... changes) {
        return models.updateOne(Filters.and(byId(id, caller.company()), condition), marked(caller, changes))
                .getMatchedCount();
    }

    /** Changes those of the models that are the company's; their number. */
    long changeAll(Collection<String> ids, Caller caller, Bson... changes) {
        Bson own = Filters.and(Filters.in("_id", ids), Filters.eq("company", caller.company()));
        return models.updateMany(own, marked(caller, changes)).getMatchedCount();
    }

    private static Bson marked(Caller caller, Bson... changes) {
        List<Bson> all = new ArrayList<>(List.of(changes));
        all.add(Updates.set("last_change", new Date()));
        all.add(Updates.set("last_changed_by", caller.user()));
        return Updates.combine(all);
    }

    List<Document> find(Bson condition) {
        return models.find(condition).into(new ArrayList<>());
    }

    /** Marks the task that made a model as deleted. */
    void forgetTask(String id, String task) {
        models.updateOne(
                Filters.and(Filters.eq("_id", id), Filters.eq("task", task)),
                Updates.set("task", ModelFields.DELETED + task));
    }

    /** How many labels some models have, by id. */
    Map<Object, Integer> labelCounts(Collection<?> ids) {
        Map<Object, Integer> counts = new HashMap<>();
        models.find(Filters.in("_id", ids))
                .projection(Projections.include("labels"))
                .forEach(model -> counts.put(
                        model.get("_id"), model.get("labels") instanceof Map<?, ?> labels ? labels.size() : 0));
        return counts;
    }

    boolean delete(String id, String company) {
        return models.deleteOne(byId(id, company)).getDeletedCount() > 0;
    }

    /** The distinct values of a field among the models of the company and public ones. */
    List<String> distinct(String field, @Nullable Collection<String> projects, String company) {
        Bson visible = Filters.in("company", company, "");
        Bson condition = projects == null ? visible : Filters.and(visible, Filters.in("project", projects));
        return models.distinct(field, condition, String.class).into(new ArrayList<>());
    }

    private static Bson byId(String id, String company) {
        return Filters.and(Filters.eq("_id", id), Filters.eq("company", company));
    }
}
