package clearml.apiserver.projects;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bson.Document;

/**
 * A project that has got another name, and maybe another place in the tree: what that means for the projects below it.
 * Each keeps the parts of its own name and path that are beyond those of the relocated one.
 *
 * @param name of the relocated one, whole
 * @param path the ids of its ancestors
 */
record Relocation(String id, String name, List<Object> path) {

    static Relocation of(Document project) {
        return new Relocation(project.getString("_id"), project.getString("name"), path(project));
    }

    static List<Object> path(Document project) {
        return project.getList("path", Object.class, List.of());
    }

    /** The changes of those below it that do not fit it; repeated, there are none. */
    List<UpdateOneModel<Document>> ofDescendants(List<Document> descendants) {
        Date now = new Date();
        List<UpdateOneModel<Document>> changes = new ArrayList<>();
        for (Document child : descendants) {
            List<Object> below = pathBelow(child);
            String newName = name + "/" + String.join("/", lastParts(child.getString("name"), below.size()));
            List<Object> newPath = new ArrayList<>(path);
            newPath.addAll(below);
            if (!newName.equals(child.getString("name")) || !newPath.equals(path(child))) {
                changes.add(new UpdateOneModel<>(
                        Filters.eq("_id", child.get("_id")),
                        Updates.combine(
                                Updates.set("name", newName),
                                Updates.set("path", newPath),
                                Updates.set("last_update", now))));
            }
        }
        return changes;
    }

    /** From the relocated one to the parent of the child. */
    private List<Object> pathBelow(Document child) {
        List<Object> old = path(child);
        return old.subList(old.indexOf(id), old.size());
    }

    private static List<String> lastParts(String name, int count) {
        String[] parts = name.split("/");
        return Arrays.asList(parts).subList(Math.max(0, parts.length - count), parts.length);
    }
}
