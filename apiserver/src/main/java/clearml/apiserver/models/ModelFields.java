package clearml.apiserver.models;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.PythonText;
import clearml.apiserver.query.KeyEscaping;
import clearml.apiserver.query.MongoValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What the members of a model must be, and the form in which they are stored. */
final class ModelFields {

    /** Before the id of what a model referred to and is gone. */
    static final String DELETED = "__DELETED__";

    static final Set<String> OLD_SYSTEM_TAGS = Set.of("active", "archived");

    private static final int SHORTEST_NAME = 3;

    private ModelFields() {}

    /** Trimmed; 400/800 below three characters. */
    static String name(String name) {
        String trimmed = name.strip();
        if (PythonText.length(trimmed) < SHORTEST_NAME) {
            throw ApiError.DATA_VALIDATION_ERROR.with("name", "String value is too short");
        }
        return trimmed;
    }

    /** Sorted; 400/16 for tags with the prefix of operators. */
    static List<String> tags(List<String> tags) {
        Set<String> operators = new TreeSet<>();
        tags.stream().filter(tag -> tag.startsWith("__$")).forEach(operators::add);
        if (!operators.isEmpty()) {
            throw ApiError.FIELDS_VALUE_ERROR.of("unsupported tag prefix").with("values", operators);
        }
        List<String> sorted = new ArrayList<>(tags);
        sorted.sort(null);
        return sorted;
    }

    /** Labels of a new model: whole numbers, no two equal ones but zeros. */
    static Map<String, @Nullable Object> newLabels(Map<String, @Nullable Object> labels) {
        labels.forEach((label, value) -> {
            if (value instanceof String) {
                throw ApiError.DATA_VALIDATION_ERROR.with(
                        "labels", "{'" + label + "': IntField only accepts integers}");
            }
            if (!isWhole(value)) {
                throw ApiError.VALIDATION_ERROR.of("error for field 'labels': labels values must be integers");
            }
        });
        return distinctLabels(labels);
    }

    /** Labels of a change, likewise; 400/16 for what is no object. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> changedLabels(Object value) {
        if (!(value instanceof Map<?, ?> labels)) {
            throw ApiError.FIELDS_VALUE_ERROR.of("labels must be an object").with("field", "labels");
        }
        if (!labels.values().stream().allMatch(ModelFields::isWhole)) {
            throw ApiError.VALIDATION_ERROR.of("labels values must be integers");
        }
        return distinctLabels((Map<String, @Nullable Object>) labels);
    }

    private static Map<String, @Nullable Object> distinctLabels(Map<String, @Nullable Object> labels) {
        Set<Object> seen = new HashSet<>();
        for (Object value : labels.values()) {
            if (value != null && !isZero(value) && !seen.add(value)) {
                throw ApiError.DATA_VALIDATION_ERROR.with(
                        "labels", "Same label id appears more than once in model labels");
            }
        }
        return checkKeys("labels", labels);
    }

    private static boolean isWhole(@Nullable Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof Boolean;
    }

    private static boolean isZero(@Nullable Object value) {
        return Boolean.FALSE.equals(value) || (value instanceof Number number && number.longValue() == 0);
    }

    /** 400/800 for names that MongoDB takes for operators, and for empty ones. */
    static Map<String, @Nullable Object> checkKeys(String field, Map<String, @Nullable Object> object) {
        for (String key : object.keySet()) {
            if (key.isEmpty() || key.startsWith("$")) {
                throw ApiError.DATA_VALIDATION_ERROR.with(
                        field,
                        "Invalid dictionary key name - keys may not contain \".\" or startswith \"$\" characters");
            }
        }
        return asDocument(object);
    }

    private static Document asDocument(Map<String, @Nullable Object> object) {
        Document document = new Document();
        object.forEach((key, value) -> document.put(key, MongoValues.of(value)));
        return document;
    }

    /** An item of metadata as it is stored. */
    static Document metadataItem(String key, @Nullable String type, @Nullable String value) {
        return new Document("key", key).append("type", type).append("value", value);
    }

    /** The metadata of a whole model: each key escaped, each item with its three texts; 400/12. */
    static Map<String, @Nullable Object> metadata(Map<String, @Nullable Object> metadata) {
        Map<String, @Nullable Object> stored = new LinkedHashMap<>();
        metadata.forEach((key, item) -> {
            if (!(item instanceof Map<?, ?> members)) {
                throw invalidItem(key);
            }
            stored.put(
                    KeyEscaping.escape(key),
                    metadataItem(text(members, "key", key), text(members, "type", key), text(members, "value", key)));
        });
        return stored;
    }

    private static String text(Map<?, ?> members, String name, String key) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw invalidItem(key);
    }

    private static ApiException invalidItem(String key) {
        return ApiError.VALIDATION_ERROR.of(
                "error for field 'metadata': item '" + key + "' must have the texts key, type and value");
    }
}
