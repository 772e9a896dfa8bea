package clearml.apiserver.events;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** The tasks and models whose events a caller may read: those of the own company and public ones. */
@Component
class ReadableEntities {

    private final MongoCollection<Document> tasks;
    private final MongoCollection<Document> models;

    ReadableEntities(MongoStores stores) {
        this.tasks = stores.backend("task");
        this.models = stores.backend("model");
    }

    ReadableEntity require(String id, boolean model, Caller caller, String... fields) {
        return requireAll(List.of(id), model, caller, fields).get(0);
    }

    /**
     * In the order of the ids, each once; 400/101 or 400/201 when one of them is unknown.
     *
     * @param fields of the documents, besides those needed here
     */
    List<ReadableEntity> requireAll(Collection<String> ids, boolean model, Caller caller, String... fields) {
        Set<String> distinct = new LinkedHashSet<>(ids);
        List<String> projection = new ArrayList<>(Arrays.asList(fields));
        projection.add("company");
        projection.add("company_origin");
        Map<String, ReadableEntity> found = new HashMap<>();
        (model ? models : tasks)
                .find(Filters.and(Filters.in("_id", distinct), Filters.in("company", caller.company(), "")))
                .projection(Projections.include(projection))
                .forEach(document -> found.put(document.getString("_id"), ReadableEntity.of(document)));
        if (found.size() != distinct.size()) {
            throw (model ? ApiError.INVALID_MODEL_ID : ApiError.INVALID_TASK_ID).with("ids", List.copyOf(ids));
        }
        return distinct.stream().map(found::get).filter(Objects::nonNull).toList();
    }
}
