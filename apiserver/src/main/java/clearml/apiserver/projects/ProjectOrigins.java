package clearml.apiserver.projects;

import clearml.apiserver.projects.ProjectContents.Kind;
import clearml.apiserver.projects.ProjectOriginsApi.State;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.entities.Entities;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Parent tasks and users of what lies in projects. */
@Component
class ProjectOrigins {

    private static final Bson ARCHIVED = Filters.eq("system_tags", "archived");

    private final ProjectContents contents;
    private final EntityQueries queries;
    private final MongoCollection<Document> users;

    ProjectOrigins(ProjectContents contents, EntityQueries queries, MongoStores stores) {
        this.contents = contents;
        this.queries = queries;
        this.users = stores.backend("user");
    }

    List<Map<String, Object>> parents(
            List<@Nullable String> projects,
            boolean withSubprojects,
            @Nullable State state,
            @Nullable String name,
            String company) {
        Bson tasks = Filters.and(contents.inAny(projects, withSubprojects), ofState(state));
        List<String> ids = distinct(Kind.TASK, "parent", tasks, company);
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, Object> request = new HashMap<>();
        request.put("id", ids);
        request.put("only_fields", List.of("id", "name", "project.name"));
        request.put("order_by", List.of("name"));
        if (name != null) {
            request.put("name", name);
        }
        return queries.getAllJoined(Entities.TASK, request, Scope.ownAndPublic(company))
                .rows();
    }

    private static Bson ofState(@Nullable State state) {
        if (state == State.ACTIVE) {
            return Filters.ne("system_tags", "archived");
        }
        return state == State.ARCHIVED ? ARCHIVED : Filters.empty();
    }

    List<Map<String, Object>> users(
            Kind kind, List<@Nullable String> projects, boolean withSubprojects, String company) {
        List<String> ids = distinct(kind, "user", contents.inAny(projects, withSubprojects), company);
        List<Map<String, Object>> found = new ArrayList<>();
        users.find(Filters.in("_id", ids))
                .projection(Projections.include("name"))
                .forEach(user -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("id", user.get("_id"));
                    row.put("name", user.get("name"));
                    found.add(row);
                });
        return found;
    }

    private List<String> distinct(Kind kind, String field, Bson condition, String company) {
        Bson visible = Filters.and(ProjectContents.visible(company), condition);
        return ProjectContents.texts(contents.of(kind), field, visible);
    }
}
