package clearml.apiserver.models;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.projects.ProjectReferences;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Page;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.Tags;
import clearml.apiserver.query.Truth;
import clearml.apiserver.query.entities.Entities;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists of models: what is particular to them about the common list requests. */
@Component
public class ModelLists {

    private final EntityQueries queries;
    private final ProjectReferences projects;
    private final ModelStore store;

    ModelLists(EntityQueries queries, ProjectReferences projects, ModelStore store) {
        this.queries = queries;
        this.projects = projects;
        this.store = store;
    }

    /** A model of the company or a public one; 400/201. */
    Map<String, Object> byId(String id, String company, ApiVersion version) {
        return found(queries.getById(Entities.MODEL, id, Scope.ownAndPublic(company)), id, company, version);
    }

    /** The same with the members that are hidden otherwise. */
    Map<String, Object> wholeById(String id, String company, ApiVersion version) {
        return found(queries.getWholeById(Entities.MODEL, id, Scope.ownAndPublic(company)), id, company, version);
    }

    private static Map<String, Object> found(
            Optional<Map<String, Object>> model, String id, String company, ApiVersion version) {
        return converted(
                model.orElseThrow(() -> ApiError.INVALID_MODEL_ID
                        .of("no such public or company model")
                        .with("id", id)
                        .with("company", company)),
                version);
    }

    Page list(Map<String, @Nullable Object> request, String company, ApiVersion version) {
        prepare(request, version);
        return converted(queries.getAll(Entities.MODEL, request, Scope.ownAndPublic(company)), version);
    }

    /** A list as of {@code models.get_all_ex}; the request is changed. */
    public Page joined(Map<String, @Nullable Object> request, String company, ApiVersion version) {
        prepare(request, version);
        boolean ownOnly = request.containsKey("allow_public") && !Truth.of(request.get("allow_public"));
        Scope scope = ownOnly ? Scope.own(company) : Scope.ownAndPublic(company);
        Page page = queries.getAllJoined(Entities.MODEL, request, scope);
        return converted(Truth.of(request.get("include_stats")) ? withLabelCounts(page) : page, version);
    }

    /** The labels may be outside the projection, so they are read apart. */
    private Page withLabelCounts(Page page) {
        List<Object> ids = page.rows().stream().map(row -> row.get("id")).toList();
        Map<Object, Integer> counts = store.labelCounts(ids);
        return page.each(row -> row.put("stats", Map.of("labels_count", counts.getOrDefault(row.get("id"), 0))));
    }

    private void prepare(Map<String, @Nullable Object> request, ApiVersion version) {
        if (version.before("2.3")) {
            Tags.divide(request, ModelFields.OLD_SYSTEM_TAGS);
        }
        projects.widen(request);
    }

    /** The distinct frameworks in some projects and below, or everywhere. */
    List<String> frameworks(List<String> inProjects, String company) {
        Collection<String> wanted = inProjects.isEmpty() ? null : projects.withDescendants(inProjects);
        TreeSet<String> names = new TreeSet<>(store.distinct("framework", wanted, company));
        names.remove("");
        return List.copyOf(names);
    }

    private static Page converted(Page page, ApiVersion version) {
        return page.each(row -> converted(row, version));
    }

    /** Metadata was a list up to 2.16; tags were one list below 2.3. */
    static Map<String, Object> converted(Map<String, Object> row, ApiVersion version) {
        if (version.before("2.17") && row.containsKey("metadata")) {
            row.put("metadata", List.of());
        }
        if (version.before("2.3")) {
            Tags.unite(row);
        }
        return row;
    }
}
