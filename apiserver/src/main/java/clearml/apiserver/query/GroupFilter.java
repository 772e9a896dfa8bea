package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.PythonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A member of {@code filters}: {@code {any: {include, exclude}, all: {include, exclude}, op: and|or}} on a field. */
final class GroupFilter {

    private static final Document HAS_NONE = new Document("$size", 0);

    private final String name;
    private final String path;

    private GroupFilter(String name, String path) {
        this.name = name;
        this.path = path;
    }

    /** The condition on a stored path, null if nothing is asked. */
    static @Nullable Document condition(String name, String path, @Nullable Object value) {
        if (!Truth.of(value)) {
            return null;
        }
        if (!(value instanceof Map<?, ?> filter)) {
            throw ApiError.VALIDATION_ERROR
                    .of("invalid filter for field, dictionary expected")
                    .with("field", name)
                    .with("value", PythonText.str(value));
        }
        return new GroupFilter(name, path).read(filter);
    }

    private @Nullable Document read(Map<?, ?> filter) {
        checkMembers(filter, Set.of("any", "all", "op"));
        Object op = filter.containsKey("op") ? filter.get("op") : "and";
        if (!"and".equals(op) && !"or".equals(op)) {
            throw invalid("Invalid list query filter operator: " + PythonText.str(op));
        }
        List<Document> parts = new ArrayList<>();
        part(parts, filter.get("any"), true);
        part(parts, filter.get("all"), false);
        return parts.isEmpty() ? null : Clauses.join("$" + op, parts);
    }

    private void part(List<Document> parts, @Nullable Object value, boolean any) {
        if (value == null) {
            return;
        }
        if (!(value instanceof Map<?, ?> part)) {
            throw invalid("an object with include and exclude is expected");
        }
        checkMembers(part, Set.of("include", "exclude"));
        List<Document> conditions = new ArrayList<>();
        Set<Object> include = values(part.get("include"));
        if (include.remove(null)) {
            conditions.add(on(HAS_NONE));
        }
        if (!include.isEmpty()) {
            conditions.add(on(new Document(any || include.size() == 1 ? "$in" : "$all", List.copyOf(include))));
        }
        Set<Object> exclude = values(part.get("exclude"));
        if (exclude.remove(null)) {
            conditions.add(on(new Document("$not", HAS_NONE)));
        }
        if (!exclude.isEmpty()) {
            conditions.add(on(
                    any && exclude.size() > 1
                            ? new Document("$not", new Document("$all", List.copyOf(exclude)))
                            : new Document("$nin", List.copyOf(exclude))));
        }
        if (!conditions.isEmpty()) {
            parts.add(Clauses.join(any ? "$or" : "$and", conditions));
        }
    }

    private Document on(Document test) {
        return new Document(path, test);
    }

    private Set<Object> values(@Nullable Object value) {
        Set<Object> values = new LinkedHashSet<>();
        if (value == null) {
            return values;
        }
        if (value instanceof String text) {
            // letter by letter, as the reference does
            values.addAll(ProjectionPaths.paths(text));
            return values;
        }
        if (!(value instanceof Collection<?> items)) {
            throw invalid("a list is expected");
        }
        for (Object item : items) {
            values.add(MongoValues.of(item));
        }
        return values;
    }

    private void checkMembers(Map<?, ?> object, Set<String> known) {
        for (Object member : object.keySet()) {
            if (!known.contains(Objects.toString(member))) {
                throw invalid("unexpected member '" + member + "'");
            }
        }
    }

    private ApiException invalid(String why) {
        return ApiError.VALIDATION_ERROR.with("field", name).with("value", why);
    }
}
