package clearml.apiserver.projects;

import clearml.apiserver.query.Scope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The projects that some users are active in. */
@Component
public class ProjectsOfUsers {

    private final ProjectSelection selection;

    ProjectsOfUsers(ProjectSelection selection) {
        this.selection = selection;
    }

    /**
     * The ids of the projects that belong to the users or in which they have tasks or models, and of all that these lie
     * in.
     *
     * @param within the ids that a request names, one or a list; null for all
     */
    public Set<String> find(List<String> users, @Nullable Object within, Scope visible) {
        List<String> ids = ProjectLists.ids(within);
        Set<String> found = selection.select(ProjectListRequest.ofUsers(users), ids, ProjectLists.companyOf(visible));
        return ids.isEmpty()
                ? found
                : Set.copyOf(ids.stream().filter(found::contains).toList());
    }
}
