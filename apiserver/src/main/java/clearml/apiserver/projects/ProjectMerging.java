package clearml.apiserver.projects;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.projects.ProjectContents.Kind;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Moves everything in a project into another one, or to the root, and deletes the project. */
@Component
class ProjectMerging {

    private final ProjectStore store;
    private final ProjectTreeLock lock;
    private final ProjectMoving moving;
    private final ProjectCreation creation;
    private final ProjectContents contents;
    private final ProjectReferences references;
    private final ProjectTagNews tagNews;

    ProjectMerging(
            ProjectStore store,
            ProjectTreeLock lock,
            ProjectMoving moving,
            ProjectCreation creation,
            ProjectContents contents,
            ProjectReferences references,
            ProjectTagNews tagNews) {
        this.store = store;
        this.lock = lock;
        this.moving = moving;
        this.creation = creation;
        this.contents = contents;
        this.references = references;
        this.tagNews = tagNews;
    }

    /** How many tasks and models, and how many of the projects directly below, were moved. */
    record Merged(long entities, long projects) {}

    /**
     * Merges a project into another one; archived tasks and models come along.
     *
     * @param destinationId null or empty for the root
     * @throws clearml.apiserver.call.ApiException 400/401, 400/409, 400/410, 400/412, 400/801, 403/21
     */
    Merged merge(String id, @Nullable String destinationId, Caller caller) {
        return lock.holding(caller, () -> mergeAlone(id, destinationId, caller));
    }

    private Merged mergeAlone(String id, @Nullable String destinationId, Caller caller) {
        if (id.equals(destinationId)) {
            throw ApiError.PROJECT_SOURCE_AND_DESTINATION_ARE_THE_SAME.with("source", id);
        }
        Document source = moving.writable(id, caller.company());
        Document destination = destinationId == null || destinationId.isEmpty()
                ? null
                : moving.writable(destinationId, caller.company());
        List<Document> descendants = store.descendants(id);
        List<Document> children = descendants.stream()
                .filter(child -> id.equals(child.get("parent")))
                .toList();
        check(source, destination, descendants, children, caller);
        long entities = moveContents(id, destination, caller);
        moveChildren(source, destination, children, caller);
        store.delete(List.of(id), caller.company());
        // What came into the project while the rest was moved.
        entities += moveContents(id, destination, caller);
        references.touch(Arrays.asList(destinationId));
        List<@Nullable Object> changed = new ArrayList<>(Relocation.path(source));
        changed.add(id);
        changed.add(destinationId);
        // Not before: who asks meanwhile would remember the tags of what is about to go.
        tagNews.tell(changed, caller.company());
        return new Merged(entities, children.size());
    }

    /** Everything that can be wrong is found before anything is moved. */
    private void check(
            Document source,
            @Nullable Document destination,
            List<Document> descendants,
            List<Document> children,
            Caller caller) {
        Object id = source.get("_id");
        if (destination != null && Relocation.path(destination).contains(id)) {
            throw ApiError.PROJECT_CANNOT_BE_MERGED_INTO_ITS_CHILD
                    .with("source", id)
                    .with("destination", destination.get("_id"));
        }
        if (destination != null) {
            int shift = Relocation.path(destination).size()
                    - Relocation.path(source).size();
            descendants.forEach(
                    child -> moving.requireDepth(Relocation.path(child).size() + 1 + shift));
        }
        for (Document child : children) {
            if (!takesNameOf(source, child, destination)) {
                String name = ProjectMoving.below(name(destination), child);
                creation.refuseDuplicate(ProjectName.parse(name), caller.company());
            }
        }
    }

    private static String name(@Nullable Document destination) {
        return destination == null ? "" : destination.getString("name");
    }

    private static boolean takesNameOf(Document source, Document child, @Nullable Document destination) {
        return ProjectMoving.below(name(destination), child).equals(source.getString("name"));
    }

    private void moveChildren(Document source, @Nullable Document destination, List<Document> children, Caller caller) {
        for (Document child : children) {
            if (!takesNameOf(source, child, destination)) {
                moving.relocate(child, destination, caller);
            }
        }
        for (Document child : children) {
            // Last, as those below it get the names that the others have had.
            if (takesNameOf(source, child, destination)) {
                String id = source.getString("_id");
                store.update(id, caller.company(), Updates.set("name", id));
                moving.relocate(child, destination, caller);
            }
        }
    }

    private long moveContents(String from, @Nullable Document destination, Caller caller) {
        Object to = destination == null ? null : destination.get("_id");
        long moved = 0;
        for (Kind kind : Kind.values()) {
            moved += contents.of(kind)
                    .updateMany(
                            Filters.and(Filters.eq("project", from), Filters.eq("company", caller.company())),
                            Updates.set("project", to))
                    .getMatchedCount();
        }
        return moved;
    }
}
