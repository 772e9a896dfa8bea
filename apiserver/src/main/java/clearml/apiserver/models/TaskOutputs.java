package clearml.apiserver.models;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The models that a task made, for when it is reset or deleted. */
@Component
public class TaskOutputs {

    private static final int IDS_AT_ONCE = 500;

    private final MongoCollection<Document> models;

    TaskOutputs(MongoStores stores) {
        models = stores.backend("model");
    }

    /** The company's models that name the task as their maker, or are listed as its outputs: id, task, ready, uri. */
    public List<Document> of(String task, Collection<String> listed, String company) {
        Bson made = Filters.eq("task", task);
        Bson outputs = listed.isEmpty() ? made : Filters.or(made, Filters.in("_id", listed));
        return models.find(Filters.and(Filters.eq("company", company), outputs))
                .projection(Projections.include("task", "ready", "uri"))
                .into(new ArrayList<>());
    }

    public void delete(Collection<String> ids) {
        if (!ids.isEmpty()) {
            models.deleteMany(Filters.in("_id", ids));
        }
    }

    /**
     * Changes what models of a task call their maker; others are left alone.
     *
     * @param maker null for none
     * @return how many there were
     */
    public long setTask(Collection<String> ids, String task, @Nullable String maker, String user) {
        return ids.isEmpty() ? 0 : setTask(Filters.and(Filters.in("_id", ids), Filters.eq("task", task)), maker, user);
    }

    /** Those of some tasks that models call their maker. */
    public Set<String> makersAmong(Collection<String> tasks) {
        Set<String> makers = new LinkedHashSet<>();
        List<String> all = new ArrayList<>(tasks);
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + IDS_AT_ONCE));
            models.distinct("task", Filters.in("task", some), String.class).into(makers);
        }
        return makers;
    }

    /** The same for all models of a task. */
    public long setTask(String task, String maker, String user) {
        return setTask(Filters.eq("task", task), maker, user);
    }

    private long setTask(Bson condition, @Nullable String maker, String user) {
        return models.updateMany(
                        condition,
                        Updates.combine(
                                maker == null ? Updates.unset("task") : Updates.set("task", maker),
                                Updates.set("last_change", new Date()),
                                Updates.set("last_changed_by", user)))
                .getMatchedCount();
    }

    /** The models in some projects: id and uri. */
    public List<Document> inProjects(Collection<String> projects) {
        return models.find(Filters.in("project", projects))
                .projection(Projections.include("uri"))
                .into(new ArrayList<>());
    }
}
