package clearml.apiserver.projects;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Changes a project; a new name reaches all projects below it. */
@Component
class ProjectRenaming {

    private final ProjectStore store;
    private final ProjectTreeLock lock;
    private final ProjectBranches branches;

    ProjectRenaming(ProjectStore store, ProjectTreeLock lock, ProjectBranches branches) {
        this.store = store;
        this.lock = lock;
        this.branches = branches;
    }

    /**
     * Writes the given members; null unsets nothing but is stored, except that a null or empty name means no renaming.
     *
     * @return the number of projects found
     */
    long update(String id, Map<String, @Nullable Object> fields, Caller caller) {
        return fields.get("name") == null
                ? write(id, fields, caller)
                : lock.holding(caller, () -> write(id, fields, caller));
    }

    private long write(String id, Map<String, @Nullable Object> fields, Caller caller) {
        Document project = writable(id, caller.company());
        List<Bson> changes = new ArrayList<>();
        fields.forEach((name, value) -> {
            if (!name.equals("name")) {
                changes.add(Updates.set(name, value));
            }
        });
        ProjectName renamed = newName(project, fields.get("name"));
        if (renamed != null) {
            changes.add(Updates.set("name", renamed.full()));
            changes.add(Updates.set("basename", renamed.basename()));
        }
        changes.add(Updates.set("last_update", new Date()));
        Bson all = Updates.combine(changes);
        return renamed == null ? store.update(id, caller.company(), all) : branches.relocate(id, caller.company(), all);
    }

    private Document writable(String id, String company) {
        Document project = store.visible(id, company).orElseThrow(() -> ApiError.INVALID_PROJECT_ID.with("id", id));
        if ("".equals(project.get("company"))) {
            throw ApiError.NO_WRITE_PERMISSION.of("cannot modify public project(s), ids=('" + id + "',)");
        }
        return project;
    }

    private static @Nullable ProjectName newName(Document project, @Nullable Object name) {
        if (!(name instanceof String given) || given.isEmpty()) {
            return null;
        }
        ProjectName renamed = ProjectName.parse(given);
        ProjectName former = ProjectName.parse(project.getString("name"));
        if (!renamed.location().equals(former.location())) {
            throw ApiError.CANNOT_UPDATE_PROJECT_LOCATION.with("name", given);
        }
        if (renamed.full().equals(former.full())) {
            return null;
        }
        if (renamed.isTooShort()) {
            // By this code the web UI knows to tell its user so.
            throw ApiError.DATA_VALIDATION_ERROR.with("name", "String value is too short");
        }
        return renamed;
    }
}
