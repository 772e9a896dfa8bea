package clearml.apiserver.models;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.projects.ProjectCreation;
import clearml.apiserver.projects.ProjectReferences;
import clearml.apiserver.query.Publicity;
import clearml.apiserver.query.entities.Entities;
import clearml.apiserver.tags.TagCache;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where models are and who sees them: tags, archive, project, public or private. */
@Component
class ModelPlacing {

    private static final String ARCHIVED = "archived";

    private final ModelStore store;
    private final ProjectCreation projectCreation;
    private final ProjectReferences projects;
    private final TagCache tagCache;
    private final Publicity publicity;

    ModelPlacing(
            ModelStore store,
            ProjectCreation projectCreation,
            ProjectReferences projects,
            TagCache tagCache,
            Publicity publicity) {
        this.store = store;
        this.projectCreation = projectCreation;
        this.projects = projects;
        this.tagCache = tagCache;
        this.publicity = publicity;
    }

    void archive(String id, Caller caller) {
        store.change(id, caller, Updates.addToSet("system_tags", ARCHIVED));
    }

    void unarchive(String id, Caller caller) {
        store.change(id, caller, Updates.pull("system_tags", ARCHIVED));
    }

    /** Adds, then removes tags; the sum of the models matched by each. */
    long updateTags(List<String> ids, List<String> added, List<String> removed, Caller caller) {
        if (added.isEmpty() && removed.isEmpty()) {
            throw ApiError.VALIDATION_ERROR.of("Either add tags or remove tags should be provided");
        }
        long updated = 0;
        if (!added.isEmpty()) {
            updated += change(ids, caller, Updates.addEachToSet("tags", added));
        }
        if (!removed.isEmpty()) {
            updated += change(ids, caller, Updates.pullAll("tags", removed));
        }
        Set<Object> touched = projectsOf(ids, caller);
        projects.touch(touched);
        tagCache.forget(TagCache.Entity.MODEL, caller.company(), touched, List.of("tags"));
        return updated;
    }

    private long change(List<String> ids, Caller caller, Bson change) {
        return store.changeAll(ids, caller, change);
    }

    private Set<Object> projectsOf(List<String> ids, Caller caller) {
        Set<Object> found = new HashSet<>();
        store.find(Filters.and(Filters.in("_id", ids), Filters.eq("company", caller.company())))
                .forEach(model -> found.add(model.get("project")));
        found.remove(null);
        return found;
    }

    /**
     * Moves models into a project, made if it is missing; {@code project:null} is the root.
     *
     * @return the id of the project, null for the root
     */
    @Nullable
    String move(List<String> ids, Map<String, @Nullable Object> request, @Nullable String name, Caller caller) {
        Object project = request.get("project");
        boolean named = name != null && !name.isEmpty();
        if (!request.containsKey("project") && !named) {
            throw ApiError.MISSING_REQUIRED_FIELDS.of("project or project_name is required");
        }
        Set<Object> touched = projectsOf(ids, caller);
        String target = project == null && !named
                ? null
                : projectCreation.findOrCreate(project == null ? null : project.toString(), name, caller);
        change(ids, caller, Updates.set("project", target));
        projects.confirm(target);
        if (target != null) {
            touched.add(target);
        }
        tagCache.forget(TagCache.Entity.MODEL, caller.company(), touched, List.of("tags", "system_tags"));
        return target;
    }

    /** Shows models to every company; all of them must be the caller's (400/201). */
    long makePublic(List<String> ids, Caller caller) {
        return publicity.open(Entities.MODEL, ids, caller.company(), caller.user(), ApiError.INVALID_MODEL_ID);
    }

    /** Takes back what {@link #makePublic} did. */
    long makePrivate(List<String> ids, Caller caller) {
        return publicity.close(Entities.MODEL, ids, caller.company(), caller.user(), ApiError.INVALID_MODEL_ID);
    }
}
