package clearml.apiserver.projects;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;

/**
 * A project that gets another name, and maybe another place in the tree: what that means for the projects below it. Each
 * keeps the parts of its own name and path beyond those of the relocated one.
 *
 * @param oldParts how many parts its name had
 * @param newName its name, whole
 * @param oldDepth how many ancestors it had
 * @param newPath the ids of its ancestors
 */
record Relocation(int oldParts, String newName, int oldDepth, List<Object> newPath) {

    static Relocation of(Document project, String newName, List<Object> newPath) {
        return new Relocation(
                project.getString("name").split("/").length,
                newName,
                path(project).size(),
                newPath);
    }

    static List<Object> path(Document project) {
        return project.getList("path", Object.class, List.of());
    }

    /** The changes of all that lie below it. */
    List<UpdateOneModel<Document>> ofDescendants(List<Document> descendants) {
        Date now = new Date();
        return descendants.stream()
                .map(child -> new UpdateOneModel<Document>(
                        Filters.eq("_id", child.get("_id")),
                        Updates.combine(
                                Updates.set("name", name(child)),
                                Updates.set("path", path(child, newPath)),
                                Updates.set("last_update", now))))
                .toList();
    }

    private String name(Document child) {
        String[] parts = child.getString("name").split("/");
        List<String> name = new ArrayList<>();
        if (!newName.isEmpty()) {
            name.add(newName);
        }
        name.addAll(List.of(parts).subList(Math.min(oldParts, parts.length), parts.length));
        return String.join("/", name);
    }

    private List<Object> path(Document child, List<Object> start) {
        List<Object> path = new ArrayList<>(start);
        List<Object> old = path(child);
        path.addAll(old.subList(Math.min(oldDepth, old.size()), old.size()));
        return path;
    }
}
