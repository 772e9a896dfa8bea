package clearml.apiserver.models;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** What those that use models (tasks) need to know of them. */
@Component
public class ModelReferences {

    private final MongoCollection<Document> models;

    ModelReferences(MongoStores stores) {
        models = stores.backend("model");
    }

    /** Those of the ids that are neither the company's nor public. */
    public List<String> missing(List<String> ids, String company) {
        Set<String> found = models.find(Filters.and(Filters.in("_id", ids), Filters.in("company", company, "")))
                .projection(Projections.include("_id"))
                .map(model -> String.valueOf(model.get("_id")))
                .into(new HashSet<>());
        return ids.stream().filter(id -> !found.contains(id)).toList();
    }

    /** Publishes a draft model of the company; another one is left alone. */
    public void publish(String model, String company, String user) {
        Date now = new Date();
        models.updateOne(
                Filters.and(Filters.eq("_id", model), Filters.eq("company", company), Filters.ne("ready", true)),
                Updates.combine(
                        Updates.set("ready", true),
                        Updates.set("last_update", now),
                        Updates.set("last_change", now),
                        Updates.set("last_changed_by", user)));
    }
}
