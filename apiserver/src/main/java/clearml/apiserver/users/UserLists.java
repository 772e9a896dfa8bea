package clearml.apiserver.users;

import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Page;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.entities.Entities;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists of people. */
@Component
final class UserLists {

    private static final String ACTIVE_IN = "active_in_projects";

    private final EntityQueries queries;
    private final ActiveUsers activeUsers;

    UserLists(EntityQueries queries, ActiveUsers activeUsers) {
        this.queries = queries;
        this.activeUsers = activeUsers;
    }

    Map<String, Object> plain(Map<String, @Nullable Object> request, String company) {
        return answer(queries.getAll(Entities.USER, request, Scope.own(company)));
    }

    Map<String, Object> joined(Map<String, @Nullable Object> request, String company) {
        return answer(queries.getAllJoined(Entities.USER, request, Scope.own(company)));
    }

    Map<String, Object> active(Map<String, @Nullable Object> request, String company) {
        Object projects = request.get(ACTIVE_IN);
        if (projects == null) {
            return joined(request, company);
        }
        Set<String> active = activeUsers.in(projects, company);
        if (active.isEmpty()) {
            return Map.of("users", List.of());
        }
        Document condition = new Document("_id", new Document("$in", List.copyOf(active)));
        return answer(
                queries.getAllJoined(Entities.USER, request, Scope.own(company).and(condition)));
    }

    /** Without the id of a scroll: these lists never told it. */
    private static Map<String, Object> answer(Page page) {
        return Map.of("users", page.rows());
    }
}
