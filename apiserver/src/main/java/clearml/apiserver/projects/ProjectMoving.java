package clearml.apiserver.projects;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.config.ServerConfig;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Moves a project with all below it to another place in the tree. */
@Component
class ProjectMoving {

    private final ProjectStore store;
    private final ProjectTreeLock lock;
    private final ProjectBranches branches;
    private final ProjectCreation creation;
    private final ProjectReferences references;
    private final ProjectTagNews tagNews;
    private final int maxDepth;

    ProjectMoving(
            ProjectStore store,
            ProjectTreeLock lock,
            ProjectBranches branches,
            ProjectCreation creation,
            ProjectReferences references,
            ProjectTagNews tagNews,
            ServerConfig config) {
        this.store = store;
        this.lock = lock;
        this.branches = branches;
        this.creation = creation;
        this.references = references;
        this.tagNews = tagNews;
        this.maxDepth = config.integer("services.projects.sub_projects.max_depth");
    }

    /**
     * Moves a project below another one, which is made if it is missing.
     *
     * @param location the name of the new parent; empty for the root
     * @return how many projects have another name now
     * @throws clearml.apiserver.call.ApiException 400/401, 400/409, 400/410, 400/411, 400/414, 400/801, 403/21
     */
    int move(String id, String location, Caller caller) {
        return lock.holding(caller, () -> moveAlone(id, location, caller));
    }

    private int moveAlone(String id, String location, Caller caller) {
        Document project = writable(id, caller.company());
        String parent = project.getString("parent");
        Document oldParent = parent == null || parent.isEmpty() ? null : writable(parent, caller.company());
        List<Document> descendants = store.descendants(id);
        ProjectName target = location.replace("/", "").isEmpty() ? null : ProjectName.parse(location);
        check(project, oldParent, descendants, target, caller);
        Document newParent = target == null ? null : creation.findOrCreate(target, caller);
        relocate(project, newParent, caller);
        List<@Nullable Object> parents = Arrays.asList(parent, newParent == null ? null : newParent.getString("_id"));
        references.touch(parents);
        tagNews.tell(parents, caller.company());
        return 1 + descendants.size();
    }

    Document writable(String id, String company) {
        Document project = store.visible(id, company).orElseThrow(() -> ApiError.INVALID_PROJECT_ID.with("id", id));
        ProjectReferences.requireWritable(id, project.getString("company"), company);
        return project;
    }

    /** Everything that can be wrong is found before the new location is made. */
    private void check(
            Document project,
            @Nullable Document oldParent,
            List<Document> descendants,
            @Nullable ProjectName target,
            Caller caller) {
        int depth = Relocation.path(project).size();
        int deepest = descendants.stream()
                .mapToInt(child -> Relocation.path(child).size())
                .max()
                .orElse(depth);
        requireDepth(deepest + 1 - depth + (target == null ? 0 : target.parts().size()));
        String name = target == null ? "" : target.full();
        if (name.equals(oldParent == null ? "" : oldParent.getString("name"))) {
            throw ApiError.PROJECT_SOURCE_AND_DESTINATION_ARE_THE_SAME.with("location", name);
        }
        String own = project.getString("name");
        if (name.equals(own) || name.startsWith(own + "/")) {
            throw ApiError.PROJECT_CANNOT_BE_MOVED_UNDER_ITSELF
                    .with("project", project.get("_id"))
                    .with(
                            "parent",
                            store.byName(name, caller.company())
                                    .map(found -> found.get("_id"))
                                    .orElse(project.get("_id")));
        }
        creation.refuseDuplicate(ProjectName.parse(below(name, project)), caller.company());
    }

    void requireDepth(int depth) {
        if (depth > maxDepth) {
            throw ApiError.PROJECT_PATH_EXCEEDS_MAX.with("max_depth", maxDepth);
        }
    }

    /** The name of a project below another one, or with an empty name at the root. */
    static String below(String location, Document project) {
        String[] parts = project.getString("name").split("/");
        String last = parts[parts.length - 1];
        return location.isEmpty() ? last : location + "/" + last;
    }

    /** Writes new names and paths of a project and of all below it. */
    void relocate(Document project, @Nullable Document newParent, Caller caller) {
        String name = below(newParent == null ? "" : newParent.getString("name"), project);
        List<Bson> changes = new ArrayList<>();
        changes.add(Updates.set("name", name));
        changes.add(Updates.set("last_update", new Date()));
        if (newParent == null) {
            changes.add(Updates.unset("parent"));
            changes.add(Updates.unset("path"));
        } else {
            changes.add(Updates.set("parent", newParent.get("_id")));
            changes.add(Updates.set("path", ProjectCreation.childPath(newParent)));
        }
        branches.relocate(project.getString("_id"), caller.company(), Updates.combine(changes));
    }
}
