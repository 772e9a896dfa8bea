package clearml.apiserver.projects;

import clearml.apiserver.projects.ProjectContents.Kind;
import clearml.apiserver.query.EntityModel;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.entities.Entities;
import clearml.apiserver.store.mongo.MongoStores;
import clearml.apiserver.tags.TagCache;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tags in use in projects. */
@Component
public class ProjectTags {

    private static final List<String> FILTERS = List.of("tags", "system_tags");

    private final MongoStores stores;
    private final EntityQueries queries;
    private final ProjectReferences projects;
    private final TagCache cache;

    ProjectTags(MongoStores stores, EntityQueries queries, ProjectReferences projects, TagCache cache) {
        this.stores = stores;
        this.queries = queries;
        this.projects = projects;
        this.cache = cache;
    }

    /**
     * The sorted tags of all tasks and models of a company.
     *
     * @param field {@code tags} or {@code system_tags}
     * @param filter what the tasks or models must have: by field, values with the operators of lists
     */
    public Collection<String> ofCompany(String field, Map<String, List<String>> filter, String company) {
        TreeSet<String> tags = new TreeSet<>();
        for (Kind kind : Kind.values()) {
            tags.addAll(of(kind, field, List.of(), filter, company));
        }
        return tags;
    }

    /**
     * The sorted tags of the company's tasks or models in some projects and below, or (none given) in all.
     *
     * @param field {@code tags} or {@code system_tags}
     * @param filter what the tasks or models must have: by field, values with the operators of lists
     */
    Collection<String> of(
            Kind kind, String field, List<String> given, Map<String, List<String>> filter, String company) {
        TreeSet<String> tags = new TreeSet<>();
        for (String project : given.isEmpty() ? Arrays.asList((@Nullable String) null) : given) {
            tags.addAll(ofProject(kind, field, project, filter, company));
        }
        return tags;
    }

    private List<String> ofProject(
            Kind kind, String field, @Nullable String project, Map<String, List<String>> filter, String company) {
        TagCache.Entity entity = kind == Kind.TASK ? TagCache.Entity.TASK : TagCache.Entity.MODEL;
        String key = TagCache.key(field, company, project, entity) + keyOf(filter);
        return cache.get(company, key, () -> stored(kind, field, project, filter, company));
    }

    private List<String> stored(
            Kind kind, String field, @Nullable String project, Map<String, List<String>> filter, String company) {
        Map<String, Object> request = new HashMap<>(filter);
        if (project != null) {
            request.put("project", List.copyOf(projects.withDescendants(List.of(project))));
        }
        return distinct(kind == Kind.TASK ? Entities.TASK : Entities.MODEL, field, request, company);
    }

    private static String keyOf(Map<String, List<String>> filter) {
        StringBuilder key = new StringBuilder();
        for (String field : FILTERS) {
            List<String> values = filter.getOrDefault(field, List.of());
            if (!values.isEmpty()) {
                key.append(key.length() == 0 ? "_filter" : "").append('_').append(field);
                values.forEach(value -> key.append('_').append(value));
            }
        }
        return key.toString();
    }

    /** The sorted tags of the company's projects themselves. */
    Collection<String> ofProjects(String field, List<String> given, Map<String, List<String>> filter, String company) {
        Map<String, Object> request = new HashMap<>(filter);
        if (!given.isEmpty()) {
            request.put("id", List.copyOf(projects.withDescendants(given)));
        }
        return new TreeSet<>(distinct(Entities.PROJECT, field, request, company));
    }

    private List<String> distinct(EntityModel model, String field, Map<String, Object> request, String company) {
        Document condition = queries.condition(model, request, Scope.own(company));
        return ProjectContents.texts(stores.backend(model.collection()), field, condition);
    }
}
