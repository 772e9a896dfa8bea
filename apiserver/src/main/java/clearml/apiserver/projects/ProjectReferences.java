package clearml.apiserver.projects;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.query.Truth;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What those that lie in projects (tasks, models) need to know of them. */
@Component
public class ProjectReferences {

    private static final Bson COMPANY_ONLY = Projections.include("company");

    private final MongoCollection<Document> projects;
    private final List<MongoCollection<Document>> contents;

    ProjectReferences(MongoStores stores) {
        projects = stores.backend("project");
        contents = List.of(stores.backend("task"), stores.backend("model"));
    }

    /** The company a project belongs to, {@code ""} for a public one; empty when there is no such project. */
    public Optional<String> companyOf(String project) {
        Document found = projects.find(Filters.eq("_id", project))
                .projection(COMPANY_ONLY)
                .first();
        return Optional.ofNullable(found).map(document -> String.valueOf(document.get("company")));
    }

    /** The name of a project, whosever it is; empty when there is no such project. */
    public Optional<String> nameOf(String project) {
        Document found = projects.find(Filters.eq("_id", project))
                .projection(Projections.include("name"))
                .first();
        return Optional.ofNullable(found).map(document -> document.getString("name"));
    }

    /** 403/21 for a public project, 400/401 for one that is not the company's. */
    public static void requireWritable(String project, @Nullable String itsCompany, String company) {
        if ("".equals(itsCompany)) {
            throw ApiError.NO_WRITE_PERMISSION.of("cannot modify public project(s), ids=('" + project + "',)");
        }
        if (!company.equals(itsCompany)) {
            throw ApiError.INVALID_PROJECT_ID.with("id", project);
        }
    }

    /** The ids of all projects below the given ones, without these. */
    public List<String> descendants(Collection<String> ancestors) {
        return projects.find(Filters.in("path", ancestors))
                .projection(Projections.include("_id"))
                .map(document -> String.valueOf(document.get("_id")))
                .into(new ArrayList<>());
    }

    /** The given projects and all below them. */
    public Set<String> withDescendants(Collection<String> ancestors) {
        Set<String> all = new LinkedHashSet<>(ancestors);
        all.addAll(descendants(ancestors));
        return all;
    }

    /** Adds all projects below those that a list request names, if its {@code include_subprojects} says so. */
    public void widen(Map<String, @Nullable Object> request) {
        Object project = request.get("project");
        if (!Truth.of(request.get("include_subprojects")) || !Truth.of(project)) {
            return;
        }
        List<@Nullable Object> wanted = new ArrayList<>();
        if (project instanceof Collection<?> several) {
            wanted.addAll(several);
        } else {
            wanted.add(project);
        }
        List<String> ids = wanted.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
        descendants(ids).stream().filter(id -> !wanted.contains(id)).forEach(wanted::add);
        request.put("project", wanted);
    }

    /** Whether a project is the company's; that something comes into it is noted in the same step. */
    public boolean enter(String project, String company) {
        return projects.updateOne(
                                Filters.and(Filters.eq("_id", project), Filters.eq("company", company)),
                                Updates.set("last_update", new Date()))
                        .getMatchedCount()
                > 0;
    }

    /**
     * To be called after something was put into a project. If that was deleted meanwhile, what has come too late is
     * left without a project, as the rest was.
     */
    public void confirm(@Nullable Object project) {
        if (project instanceof String id && companyOf(id).isEmpty()) {
            contents.forEach(each -> each.updateMany(Filters.eq("project", id), Updates.set("project", null)));
        }
    }

    /** Notes that something in the projects has changed. Nulls and unknown ids are ignored. */
    public void touch(Collection<? extends @Nullable Object> changed) {
        List<Object> ids = new ArrayList<>();
        for (Object id : changed) {
            if (id != null && !"".equals(id)) {
                ids.add(id);
            }
        }
        if (ids.size() == 1) {
            projects.updateOne(Filters.eq("_id", ids.get(0)), Updates.set("last_update", new Date()));
        } else if (!ids.isEmpty()) {
            projects.updateMany(Filters.in("_id", ids), Updates.set("last_update", new Date()));
        }
    }
}
