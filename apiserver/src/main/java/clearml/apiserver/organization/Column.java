package clearml.apiserver.organization;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Field;
import clearml.apiserver.call.PythonText;
import clearml.apiserver.query.KeyEscaping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param path where its value is in a row
 * @param values what stands for a value, by its text
 */
record Column(String name, List<String> path, Map<String, @Nullable Object> values) {

    /** Whose keys were made by users, and are escaped in the names of fields. */
    private static final Set<String> ESCAPED = Set.of("metadata", "hyperparams", "configuration");

    record ValueMapping(@Nullable Object key, @Nullable Object value) {}

    /** @param name of the column; that of the field if there is none */
    record Mapping(
            @Field(required = true) String field, @Nullable String name, List<ValueMapping> values) {

        String column() {
            return name == null || name.isEmpty() ? field : name;
        }
    }

    /** 400/12 for a name that is there twice. */
    static List<Column> of(List<Mapping> mappings) {
        Set<String> names = new HashSet<>();
        List<Column> columns = new ArrayList<>();
        for (Mapping mapping : mappings) {
            if (!names.add(mapping.column())) {
                throw ApiError.VALIDATION_ERROR.of(
                        "Field_name appears more than once in field_mappings: " + mapping.column());
            }
            columns.add(new Column(mapping.column(), path(mapping.field()), values(mapping)));
        }
        return columns;
    }

    private static List<String> path(String field) {
        List<String> parts = List.of(field.split("\\."));
        return !parts.isEmpty() && ESCAPED.contains(parts.get(0))
                ? parts.stream().map(KeyEscaping::unescape).toList()
                : parts;
    }

    private static Map<String, @Nullable Object> values(Mapping mapping) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (ValueMapping value : mapping.values()) {
            String key = PythonText.str(value.key());
            if (values.containsKey(key)) {
                throw ApiError.VALIDATION_ERROR.of(
                        "Value key appears more than once in field_mappings: " + mapping.column() + ", " + key);
            }
            values.put(key, value.value());
        }
        return values;
    }

    /** The value in a row; null for none. */
    @Nullable
    Object in(Map<String, ? extends @Nullable Object> row) {
        Object value = row;
        for (String part : path) {
            value = value instanceof Map<?, ?> object ? object.get(part) : null;
        }
        if (value instanceof Map<?, ?> object) {
            value = object.get("id");
        }
        if (value == null || values.isEmpty()) {
            return value;
        }
        String key = PythonText.str(value);
        return values.containsKey(key) ? values.get(key) : value;
    }
}
