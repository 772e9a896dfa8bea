package clearml.apiserver.projects;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.RequestBinder;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Page;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.Tags;
import clearml.apiserver.query.Truth;
import clearml.apiserver.query.entities.Entities;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
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
    private final ProjectSelection selection;
    private final ProjectFacts facts;

    ProjectLists(EntityQueries queries, ProjectSelection selection, ProjectFacts facts) {
        this.queries = queries;
        this.selection = selection;
        this.facts = facts;
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
        return page.each(row -> converted(row, version));
    }

    /**
     * As {@link #list}, references as objects, with what the web UI shows of projects.
     *
     * @see ProjectFacts
     */
    Page overview(Map<String, @Nullable Object> request, String company, ApiVersion version) {
        ProjectListRequest wanted = RequestBinder.bind(ProjectListRequest.class, request);
        if (version.before("2.3")) {
            Tags.divide(request, ProjectFields.OLD_SYSTEM_TAGS);
        }
        Scope visible = includesPublic(request) ? Scope.ownAndPublic(company) : Scope.own(company);
        Scope scope = placed(request, visible);
        boolean all = wanted.searchHidden() || Truth.of(request.get("id"));
        Set<String> selected = null;
        if (wanted.isSelective()) {
            List<String> ids = ids(request.get("id"));
            selected = selection.select(wanted, ids, companyOf(visible));
            Set<String> within = selected;
            List<String> chosen = ids.isEmpty()
                    ? List.copyOf(selected)
                    : ids.stream().filter(within::contains).toList();
            if (chosen.isEmpty()) {
                return new Page(List.of(), null);
            }
            request.put("id", chosen);
        }
        boolean tagsAdded = wanted.searchHidden() && addTags(request);
        Page page = queries.getAllJoined(Entities.PROJECT, request, all ? scope : scope.and(NOT_HIDDEN))
                .held();
        if (!page.rows().isEmpty()) {
            complete(page.rows(), wanted, selected, company);
        }
        return page.each(row -> {
            if (tagsAdded) {
                row.remove("system_tags");
            }
            converted(row, version);
        });
    }

    private void complete(
            List<Map<String, Object>> rows, ProjectListRequest wanted, @Nullable Set<String> selected, String company) {
        if (wanted.searchHidden()) {
            rows.stream()
                    .filter(row -> row.get("system_tags") instanceof List<?> tags && tags.contains("hidden"))
                    .forEach(row -> row.put("hidden", true));
        }
        Map<String, TaskFigures> figures =
                wanted.includeStats() ? facts.addStats(rows, wanted, selected, company) : null;
        if (wanted.checkOwnContents()) {
            facts.addOwnContents(rows, wanted, figures, company);
        }
        if (wanted.includeDatasetStats()) {
            facts.addDatasetStats(rows, company);
        }
    }

    private static boolean includesPublic(Map<String, @Nullable Object> request) {
        if (request.containsKey("allow_public")) {
            return Truth.of(request.get("allow_public"));
        }
        return !Truth.of(request.get("non_public"));
    }

    static Bson companyOf(Scope scope) {
        return scope.includesPublic()
                ? ProjectContents.visible(scope.company())
                : Filters.eq("company", scope.company());
    }

    static List<String> ids(@Nullable Object id) {
        if (id instanceof Collection<?> ids) {
            return ids.stream().filter(Objects::nonNull).map(String::valueOf).toList();
        }
        return Truth.of(id) ? List.of(String.valueOf(id)) : List.of();
    }

    /** Has system tags read where the request does not ask for them; whether it was so. */
    private static boolean addTags(Map<String, @Nullable Object> request) {
        String name = Truth.of(request.get("projection")) ? "projection" : "only_fields";
        if (!(request.get(name) instanceof Collection<?> fields)
                || fields.isEmpty()
                || fields.contains("system_tags")) {
            return false;
        }
        List<Object> more = new ArrayList<>(fields);
        more.add("system_tags");
        request.put(name, more);
        return true;
    }

    /** Where in the tree: by default anywhere below {@code parent}; shallow: its children, or the roots. */
    private static Scope placed(Map<String, @Nullable Object> request, Scope scope) {
        request.remove("path");
        if (Truth.of(request.get("shallow_search"))) {
            return request.containsKey("parent") ? scope : scope.and(ROOT);
        }
        Object parent = request.remove("parent");
        if (parent != null) {
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
}
