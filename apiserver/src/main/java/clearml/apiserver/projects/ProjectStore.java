package clearml.apiserver.projects;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** The collection {@code project}. */
@Component
class ProjectStore {

    private final MongoCollection<Document> projects;

    ProjectStore(MongoStores stores) {
        projects = stores.backend("project");
    }

    /** A project of the company or a public one. */
    Optional<Document> visible(String id, String company) {
        return Optional.ofNullable(projects.find(Filters.and(Filters.eq("_id", id), Filters.in("company", company, "")))
                .first());
    }

    /** The company's project of exactly that name, else a public one of that name. */
    Optional<Document> byName(String name, String company) {
        List<Document> found = projects.find(Filters.and(Filters.eq("name", name), Filters.in("company", company, "")))
                .into(new ArrayList<>());
        return found.stream()
                .filter(project -> company.equals(project.get("company")))
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    Optional<Document> own(String id, String company) {
        return Optional.ofNullable(projects.find(Filters.and(Filters.eq("_id", id), Filters.eq("company", company)))
                .first());
    }

    List<Document> list(Bson condition, String... members) {
        return projects.find(condition).projection(Projections.include(members)).into(new ArrayList<>());
    }

    List<String> ids(Bson condition) {
        return list(condition, "_id").stream()
                .map(project -> project.getString("_id"))
                .toList();
    }

    /** Everything that some projects lie in. */
    Set<String> ancestors(Collection<String> ids) {
        Set<String> ancestors = new HashSet<>();
        list(Filters.in("_id", ids), "path")
                .forEach(project -> project.getList("path", Object.class, List.of())
                        .forEach(id -> ancestors.add(String.valueOf(id))));
        return ancestors;
    }

    void insert(Document project) {
        projects.insertOne(project);
    }

    /** The number of documents that matched. */
    long update(String id, String company, Bson changes) {
        return projects.updateOne(Filters.and(Filters.eq("_id", id), Filters.eq("company", company)), changes)
                .getMatchedCount();
    }

    /** Deletes projects of the company; their number. */
    long delete(Collection<String> ids, String company) {
        return projects.deleteMany(Filters.and(Filters.in("_id", ids), Filters.eq("company", company)))
                .getDeletedCount();
    }

    /** All projects below one. */
    List<Document> descendants(String id) {
        return projects.find(Filters.eq("path", id)).into(new ArrayList<>());
    }

    /** Applies changes by id; a project that vanished meanwhile is passed over. */
    void updateAll(List<UpdateOneModel<Document>> changes) {
        if (!changes.isEmpty()) {
            List<WriteModel<Document>> writes = new ArrayList<>(changes);
            projects.bulkWrite(writes, new BulkWriteOptions().ordered(false));
        }
    }
}
