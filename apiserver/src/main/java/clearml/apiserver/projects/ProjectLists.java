package clearml.apiserver.projects;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Page;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.Tags;
import clearml.apiserver.query.Truth;
import clearml.apiserver.query.entities.Entities;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists of projects: what is particular to them about the common list requests. */
@Component
class ProjectLists {

    private static final Document NOT_HIDDEN = new Document("system_tags", new Document("$ne", "hidden"));
    private static final Document ROOT = new Document(
            "$or",
            List.of(
                    new Document("parent", new Document("$exists", false)),
                    new Document("parent", null),
                    new Document("parent", "")));

    private final EntityQueries queries;

    ProjectLists(EntityQueries queries) {
        this.queries = queries;
    }

    /** A whole project of the company or a public one; 400/401. */
    Map<String, Object> byId(String id, String company, ApiVersion version) {
        return converted(
                queries.getWholeById(Entities.PROJECT, id, Scope.ownAndPublic(company))
                        .orElseThrow(() -> ApiError.INVALID_PROJECT_ID.with("id", id)),
                version);
    }

    /** Projects of the company and public ones; hidden ones only when asked for, by flag or by id. */
    Page list(Map<String, @Nullable Object> request, String company, ApiVersion version) {
        if (version.before("2.3")) {
            Tags.divide(request, ProjectFields.OLD_SYSTEM_TAGS);
        }
        Scope scope = placed(request, Scope.ownAndPublic(company));
        boolean all = Truth.of(request.get("search_hidden")) || Truth.of(request.get("id"));
        Page page = queries.getAll(Entities.PROJECT, request, all ? scope : scope.and(NOT_HIDDEN));
        page.rows().forEach(row -> converted(row, version));
        return page;
    }

    /** Where in the tree: by default anywhere below {@code parent}; shallow: its children, or the roots. */
    private static Scope placed(Map<String, @Nullable Object> request, Scope scope) {
        request.remove("path");
        if (Truth.of(request.get("shallow_search"))) {
            return request.containsKey("parent") ? scope : scope.and(ROOT);
        }
        Object parent = request.remove("parent");
        if (Truth.of(parent)) {
            request.put("path", parent);
        }
        return scope;
    }

    private static Map<String, Object> converted(Map<String, Object> row, ApiVersion version) {
        if (version.before("2.3")) {
            Tags.unite(row);
        }
        return row;
    }

    static Map<String, Object> answer(Page page) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("projects", page.rows());
        if (page.scrollId() != null) {
            answer.put("scroll_id", page.scrollId());
        }
        return answer;
    }
}
