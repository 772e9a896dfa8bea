package clearml.apiserver.projects;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Call;
import clearml.apiserver.call.Caller;
import clearml.config.ServerConfig;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes projects, with the parents that they need. */
@Component
public class ProjectCreation {

    private static final int FEATURED_DEFAULT = 9999;

    private final ProjectStore store;
    private final ProjectTreeLock lock;
    private final int maxDepth;

    ProjectCreation(ProjectStore store, ProjectTreeLock lock, ServerConfig config) {
        this.store = store;
        this.lock = lock;
        this.maxDepth = config.integer("services.projects.sub_projects.max_depth");
    }

    /** The id of the new project; 400/407, 409, 414, 801 and 12 for names that cannot be had. */
    String create(String name, Map<String, @Nullable Object> fields, Caller caller) {
        ProjectName parsed = checked(name);
        return underParents(parsed, caller, () -> create(parsed, fields, caller));
    }

    /** Nobody may rename the parents of a new project while it gets its name from them. */
    private <T> T underParents(ProjectName name, Caller caller, Supplier<T> creation) {
        return name.ancestors().isEmpty() ? creation.get() : lock.holding(caller, creation);
    }

    private String create(ProjectName parsed, Map<String, @Nullable Object> fields, Caller caller) {
        refuseDuplicate(parsed, caller.company());
        checkNewNames(parsed, caller.company());
        Document parent = parent(parsed, caller);
        return insert(parsed, parent, fields, caller);
    }

    /**
     * The id of the project with that id or name; a missing name is created.
     *
     * @throws ApiException 400/401 for an id that is not the company's, 400/12 when neither is given
     */
    public String findOrCreate(@Nullable String id, @Nullable String name, Caller caller) {
        if (id != null && !id.isEmpty()) {
            return store.own(id, caller.company())
                    .orElseThrow(() -> ApiError.INVALID_PROJECT_ID.with("id", id))
                    .getString("_id");
        }
        if (name == null || name.isEmpty()) {
            throw ApiError.VALIDATION_ERROR.of("project id or name is required");
        }
        return findOrCreate(checked(name), caller).getString("_id");
    }

    /** The own project of a name, made with its parents if it is missing. */
    Document findOrCreate(ProjectName name, Caller caller) {
        Optional<Document> found = ownOrFail(name, caller.company());
        return found.isPresent() ? found.get() : underParents(name, caller, () -> createUnlessThere(name, caller));
    }

    private Document createUnlessThere(ProjectName name, Caller caller) {
        Optional<Document> found = ownOrFail(name, caller.company());
        if (found.isPresent()) {
            return found.get();
        }
        checkNewNames(name, caller.company());
        Document parent = parent(name, caller);
        try {
            String id = insert(name, parent, Map.of(), caller);
            return store.own(id, caller.company()).orElseThrow(() -> ApiError.INVALID_PROJECT_ID.with("id", id));
        } catch (MongoWriteException e) {
            // Somebody made it between our look and our insert.
            return ownOrFail(name, caller.company()).orElseThrow(() -> e);
        }
    }

    ProjectName checked(String name) {
        ProjectName parsed = ProjectName.parse(name);
        parsed.checkDepth(maxDepth);
        return parsed;
    }

    /** 400/801 when the company has a project of the name, 400/414 when there is a public one. */
    void refuseDuplicate(ProjectName name, String company) {
        if (ownOrFail(name, company).isPresent()) {
            throw ApiException.message(
                    ApiError.EXPECTED_UNIQUE_DATA,
                    "Project with the same name already exists: name=" + name.given() + ", company=" + company);
        }
    }

    /** 400/414 when only a public project has the name. */
    private Optional<Document> ownOrFail(ProjectName name, String company) {
        Optional<Document> found = store.byName(name.full(), company);
        found.filter(project -> !company.equals(project.get("company"))).ifPresent(project -> {
            throw ApiError.PUBLIC_PROJECT_EXISTS.with("name", name.full());
        });
        return found;
    }

    /** Everything that would fail half-way fails here, before the first insert. */
    private void checkNewNames(ProjectName name, String company) {
        name.checkBasename();
        for (ProjectName ancestor : name.ancestors()) {
            if (ownOrFail(ancestor, company).isEmpty()) {
                ancestor.checkBasename();
            }
        }
    }

    private @Nullable Document parent(ProjectName name, Caller caller) {
        List<ProjectName> ancestors = name.ancestors();
        return ancestors.isEmpty() ? null : findOrCreate(ancestors.get(ancestors.size() - 1), caller);
    }

    private String insert(
            ProjectName name, @Nullable Document parent, Map<String, @Nullable Object> fields, Caller caller) {
        Document project = document(name, fields, caller);
        if (parent == null) {
            project.append("path", List.of());
        } else {
            project.append("parent", parent.get("_id")).append("path", childPath(parent));
        }
        store.insert(project);
        if (parent != null) {
            store.update(parent.getString("_id"), caller.company(), Updates.set("last_update", new Date()));
        }
        return project.getString("_id");
    }

    /** The path of the children of a project: its own path and itself. */
    static List<Object> childPath(Document parent) {
        List<Object> path = new ArrayList<>(parent.getList("path", Object.class, List.of()));
        path.add(parent.get("_id"));
        return path;
    }

    private static Document document(ProjectName name, Map<String, @Nullable Object> fields, Caller caller) {
        Date now = new Date();
        Object description = fields.get("description");
        Document project = new Document("_id", Call.newId())
                .append("company", caller.company())
                .append("user", caller.user())
                .append("name", name.full())
                .append("basename", name.basename())
                .append("description", description == null ? "" : description)
                .append("created", now)
                .append("tags", ProjectFields.sorted(fields.get("tags")))
                .append("system_tags", ProjectFields.sorted(fields.get("system_tags")))
                .append("last_update", now)
                .append("featured", FEATURED_DEFAULT);
        Object destination = fields.get("default_output_destination");
        if (destination != null) {
            project.append("default_output_destination", destination);
        }
        return project;
    }
}
