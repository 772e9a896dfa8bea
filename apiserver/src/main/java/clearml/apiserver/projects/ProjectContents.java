package clearml.apiserver.projects;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tasks and models that lie in projects: their collections, as far as projects answer and decide by them. */
@Component
class ProjectContents {

    /** What lies in projects. */
    enum Kind {
        TASK,
        MODEL
    }

    private final MongoCollection<Document> tasks;
    private final MongoCollection<Document> models;
    private final ProjectReferences projects;

    ProjectContents(MongoStores stores, ProjectReferences projects) {
        this.tasks = stores.backend(Kind.TASK.name().toLowerCase(Locale.ROOT));
        this.models = stores.backend(Kind.MODEL.name().toLowerCase(Locale.ROOT));
        this.projects = projects;
    }

    MongoCollection<Document> of(Kind kind) {
        return kind == Kind.TASK ? tasks : models;
    }

    /** Ids of projects in a request, null for no project; 400/12 for what is no text. */
    static List<@Nullable String> ids(List<@Nullable Object> given) {
        List<@Nullable String> ids = new ArrayList<>();
        for (Object id : given) {
            if (id != null && !(id instanceof String)) {
                throw ApiError.VALIDATION_ERROR.of("error for field 'projects': expected texts");
            }
            ids.add((String) id);
        }
        return ids;
    }

    static Bson visible(String company) {
        return Filters.in("company", company, "");
    }

    /**
     * What lies in one project.
     *
     * @param project null or empty: everything, or without sub-projects what lies in no project
     */
    Bson in(@Nullable String project, boolean withSubprojects) {
        if (project != null && !project.isEmpty()) {
            return inAny(List.of(project), withSubprojects);
        }
        return withSubprojects ? Filters.empty() : Filters.eq("project", null);
    }

    /**
     * What lies in any of some projects; everything when none are given.
     *
     * @param given ids; null stands for no project
     */
    Bson inAny(Collection<@Nullable String> given, boolean withSubprojects) {
        if (given.isEmpty()) {
            return Filters.empty();
        }
        List<String> ids = new ArrayList<>();
        for (String id : given) {
            if (id != null) {
                ids.add(id);
            }
        }
        Set<String> all = withSubprojects ? projects.withDescendants(ids) : Set.copyOf(ids);
        Bson inside = Filters.in("project", all);
        return given.stream().anyMatch(Objects::isNull) ? Filters.or(inside, Filters.eq("project", null)) : inside;
    }

    /** The distinct texts of a field among what meets a condition. */
    static List<String> texts(MongoCollection<Document> collection, String field, Bson condition) {
        List<BsonValue> found = collection
                .distinct(field, Filters.and(condition, Filters.type(field, BsonType.STRING)), BsonValue.class)
                .into(new ArrayList<>());
        return found.stream()
                .filter(BsonValue::isString)
                .map(value -> value.asString().getValue())
                .toList();
    }

    /** A number in a row of an aggregation. */
    static long number(Document row, String name) {
        return row.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
