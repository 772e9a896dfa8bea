package clearml.apiserver.projects;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** Which projects count together when their contents are summed up. */
@Component
public class ProjectGroups {

    private final MongoCollection<Document> projects;

    ProjectGroups(MongoStores stores) {
        projects = stores.backend("project");
    }

    /** A project that stands for others. */
    public record Group(String id, String name) {}

    /**
     * The group of each project concerned, by its id. Of one project, its children with all below them are groups, and it
     * is one by itself; of several, each with all below it is one, those further down first.
     */
    public Map<String, Group> of(List<String> wanted, String company) {
        Map<String, Document> found = new HashMap<>();
        projects.find(Filters.and(
                        Filters.in("company", company, ""),
                        Filters.or(Filters.in("_id", wanted), Filters.in("path", wanted))))
                .projection(Projections.include("name", "path"))
                .forEach(project -> found.put(project.getString("_id"), project));
        Map<String, Group> groups = new HashMap<>();
        found.forEach((id, project) -> {
            List<String> line = new ArrayList<>(project.getList("path", String.class, List.of()));
            line.add(id);
            Document group = found.get(head(line, wanted));
            if (group != null) {
                groups.put(id, new Group(group.getString("_id"), group.getString("name")));
            }
        });
        return groups;
    }

    /** @param line a project's ancestors and itself */
    private static String head(List<String> line, List<String> wanted) {
        int nearest = line.size() - 1;
        while (!wanted.contains(line.get(nearest))) {
            nearest--;
        }
        return line.get(wanted.size() == 1 ? Math.min(nearest + 1, line.size() - 1) : nearest);
    }
}
