package clearml.apiserver.users;

import clearml.apiserver.call.RequestBinder;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Who has projects, tasks or models: the field {@code user} of their collections. */
@Component
final class ActiveUsers {

    private final MongoCollection<Document> projects;
    private final MongoCollection<Document> tasks;
    private final MongoCollection<Document> models;

    ActiveUsers(MongoStores stores) {
        projects = stores.backend("project");
        tasks = stores.backend("task");
        models = stores.backend("model");
    }

    /**
     * Those who have something in these projects or below them.
     *
     * @param given one id or a list of ids; what is empty means the whole company
     */
    Set<String> in(Object given, String company) {
        List<?> one = RequestBinder.truth(given) ? List.of(given) : List.of();
        List<?> ids = given instanceof List<?> list ? list : one;
        Bson own = Filters.eq("company", company);
        Set<String> active = new HashSet<>();
        if (ids.isEmpty()) {
            List.of(projects, tasks, models).forEach(collection -> addUsers(active, collection, own));
            return active;
        }
        Set<String> wanted = withChildren(ids, own);
        addUsers(active, projects, Filters.and(own, Filters.in("_id", wanted)));
        Bson inside = Filters.and(own, Filters.in("project", wanted));
        addUsers(active, tasks, inside);
        addUsers(active, models, inside);
        return active;
    }

    private Set<String> withChildren(List<?> ids, Bson own) {
        Set<String> wanted = new HashSet<>();
        ids.stream().map(String::valueOf).forEach(wanted::add);
        projects.distinct("_id", Filters.and(own, Filters.in("path", List.copyOf(wanted))), String.class)
                .into(wanted);
        return wanted;
    }

    private static void addUsers(Set<String> active, MongoCollection<Document> collection, Bson condition) {
        collection.distinct("user", condition, String.class).into(new HashSet<>()).stream()
                .filter(Objects::nonNull)
                .forEach(active::add);
    }
}
