package clearml.apiserver.projects;

import clearml.apiserver.projects.ProjectContents.Kind;
import clearml.apiserver.projects.ProjectListRequest.ChildrenType;
import clearml.apiserver.query.ValueFilter;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Finds the projects that have something of some users, or children of some type; with them, all that they lie in. */
@Component
class ProjectSelection {

    private final ProjectStore store;
    private final ProjectContents contents;
    private final ProjectReferences projects;

    ProjectSelection(ProjectStore store, ProjectContents contents, ProjectReferences projects) {
        this.store = store;
        this.contents = contents;
        this.projects = projects;
    }

    /**
     * The ids of the projects.
     *
     * @param company the condition on the company
     * @param requested ids to stay within; empty for all
     */
    Set<String> select(ProjectListRequest request, List<String> requested, Bson company) {
        Set<String> within = requested.isEmpty() ? Set.of() : projects.withDescendants(requested);
        Set<String> found = new HashSet<>();
        ChildrenType type = request.childrenType();
        if (type == null) {
            found.addAll(store.ids(conditions(request, company, "_id", within)));
            for (Kind kind : Kind.values()) {
                found.addAll(projectsOf(kind, conditions(request, company, "project", within)));
            }
        } else if (type == ChildrenType.REPORT) {
            Bson reports = Filters.eq("system_tags", type.tag());
            found.addAll(projectsOf(Kind.TASK, Filters.and(conditions(request, company, "project", within), reports)));
        } else {
            Bson children =
                    Filters.and(Filters.eq("system_tags", type.tag()), Filters.ne("basename", type.container()));
            found.addAll(store.ids(Filters.and(conditions(request, company, "parent", within), children)));
        }
        found.addAll(store.ancestors(found));
        return found;
    }

    private static Bson conditions(ProjectListRequest request, Bson company, String field, Set<String> within) {
        List<Bson> all = new ArrayList<>(List.of(company));
        if (!request.activeUsers().isEmpty()) {
            all.add(Filters.in("user", request.activeUsers()));
        }
        if (!within.isEmpty()) {
            all.add(Filters.in(field, within));
        }
        Object tags = request.tagsFilter();
        Document filter = tags == null ? null : ValueFilter.condition("tags", tags);
        if (filter != null) {
            all.add(filter);
        }
        return Filters.and(all);
    }

    private List<String> projectsOf(Kind kind, Bson condition) {
        return ProjectContents.texts(contents.of(kind), "project", condition);
    }
}
