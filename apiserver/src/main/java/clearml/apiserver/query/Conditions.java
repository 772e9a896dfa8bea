package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.PythonText;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Makes MongoDB conditions of a list request. Keys that filter nothing are ignored. */
final class Conditions {

    private final EntityModel model;
    private final FilterFields filters;
    private final List<Document> conditions;
    private final Map<?, ?> groups;

    private Conditions(EntityModel model, List<Document> conditions, Map<?, ?> groups) {
        this.model = model;
        this.filters = model.filters();
        this.conditions = conditions;
        this.groups = groups;
    }

    static Document of(EntityModel model, Map<String, ?> request, Scope scope) {
        Conditions conditions = new Conditions(model, scope.of(model), groups(request));
        request.forEach((key, value) -> conditions.add(model.rewriting().apply(key), value));
        conditions.addGroups();
        return Clauses.all(conditions.conditions);
    }

    private static Map<?, ?> groups(Map<String, ?> request) {
        if (!request.containsKey("filters")) {
            return Map.of();
        }
        Object value = request.get("filters");
        if (!(value instanceof Map<?, ?> groups)) {
            throw ApiError.FIELDS_VALUE_ERROR
                    .of("invalid value type, string expected")
                    .with("field", value)
                    .with("value", PythonText.str(value));
        }
        return groups;
    }

    private void add(String key, @Nullable Object value) {
        if (FieldsFilter.isOne(key)) {
            addIfAny(FieldsFilter.condition(model, key, value));
        } else if (key.equals("search_text")) {
            addSearch(value);
        } else if (value != null) {
            addFilter(key, value);
        }
    }

    private void addFilter(String key, Object value) {
        if (FilterFields.contains(filters.patterns(), key)) {
            addPattern(key, value);
        } else if (FilterFields.contains(filters.lists(), key)) {
            if (groups.get(key) == null && !(value instanceof Collection<?> items && items.isEmpty())) {
                addIfAny(ListFilter.condition(key, path(key), value));
            }
        } else if (FilterFields.contains(filters.ranges(), key)) {
            conditions.add(RangeFilter.condition(key, path(key), Paths.resolve(model, key), value));
        } else if (FilterFields.contains(filters.dates(), key)) {
            addIfAny(DateFilter.condition(key, path(key), value));
        } else if (FilterFields.contains(filters.plain(), key)) {
            conditions.add(new Document(path(key), new Document("$eq", MongoValues.of(value))));
        }
    }

    private void addPattern(String key, Object value) {
        if (!(value instanceof String regex)) {
            throw ApiError.FIELDS_VALUE_ERROR
                    .of("invalid value type, string expected")
                    .with("field", key)
                    .with("value", PythonText.str(value));
        }
        if (!regex.isEmpty()) {
            conditions.add(new Document(path(key), TextPattern.test(regex, false)));
        }
    }

    private void addSearch(@Nullable Object value) {
        if (value instanceof String text && !text.isEmpty()) {
            conditions.add(new Document("$text", new Document("$search", text)));
        } else if (value != null && !(value instanceof String)) {
            throw ApiError.FIELDS_VALUE_ERROR
                    .of("invalid value type, string expected")
                    .with("field", "search_text")
                    .with("value", PythonText.str(value));
        }
    }

    private void addGroups() {
        for (Map.Entry<?, ?> group : groups.entrySet()) {
            String key = String.valueOf(group.getKey());
            if (FilterFields.contains(filters.lists(), key)) {
                addIfAny(GroupFilter.condition(key, path(key), group.getValue()));
            }
        }
    }

    private void addIfAny(@Nullable Document condition) {
        if (condition != null) {
            conditions.add(condition);
        }
    }

    /** The stored path of a key, which is checked here to be nothing but a path. */
    private String path(String key) {
        Paths.resolve(model, key);
        return EntityModel.stored(key);
    }
}
