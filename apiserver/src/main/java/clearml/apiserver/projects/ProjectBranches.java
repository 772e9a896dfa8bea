package clearml.apiserver.projects;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/**
 * Gives projects with others below them another name or place. That is many writes, so it is noted in the collection
 * {@code x_relocation} before the first and forgotten after the last: whoever dies between them leaves the note, and the
 * rest can be done by anybody at any time. To be called under the {@link ProjectTreeLock}, which sees to that.
 */
@Component
class ProjectBranches {

    private final ProjectStore store;
    private final MongoCollection<Document> notes;

    ProjectBranches(ProjectStore store, MongoStores stores) {
        this.store = store;
        this.notes = stores.backend("x_relocation");
    }

    /** Writes the changes of a project, name and path among them, and what follows for those below it; 1 unless it is gone. */
    long relocate(String id, String company, Bson changes) {
        List<Document> descendants = store.descendants(id);
        if (descendants.isEmpty()) {
            return store.update(id, company, changes);
        }
        Document note = new Document("_id", id).append("company", company).append("started", new Date());
        notes.replaceOne(Filters.eq("_id", id), note, new ReplaceOptions().upsert(true));
        long updated = store.update(id, company, changes);
        align(id, company, descendants);
        return updated;
    }

    /** Does the rest of what others have begun. */
    void complete(String company) {
        notes.find(Filters.eq("company", company)).forEach(note -> {
            String id = note.getString("_id");
            align(id, company, store.descendants(id));
        });
    }

    private void align(String id, String company, List<Document> descendants) {
        Optional<Document> project = store.own(id, company);
        project.map(Relocation::of).ifPresent(relocation -> store.updateAll(relocation.ofDescendants(descendants)));
        notes.deleteOne(Filters.eq("_id", id));
    }

    /** Companies in which something was begun and is not done. */
    Set<String> begun() {
        return notes.distinct("company", String.class).into(new TreeSet<>());
    }
}
