package clearml.apiserver.projects;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.PythonText;
import clearml.apiserver.query.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The members of a project that clients write: which, and what they must be. */
final class ProjectFields {

    static final Set<String> OLD_SYSTEM_TAGS = Set.of("archived", "public", "default");

    private static final List<String> WRITABLE =
            List.of("name", "description", "tags", "system_tags", "default_output_destination");
    private static final List<String> TAG_FIELDS = List.of("tags", "system_tags");

    private ProjectFields() {}

    /**
     * The writable members of a request, tags divided for old versions and sorted.
     *
     * @throws ApiException 400/16 for a tag with the prefix of operators, 400/800 for a value of another type
     */
    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> request, ApiVersion version) {
        if (version.before("2.3")) {
            Tags.divide(request, OLD_SYSTEM_TAGS);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name : WRITABLE) {
            if (request.containsKey(name)) {
                fields.put(name, request.get(name));
            }
        }
        TAG_FIELDS.forEach(name -> checkTags(fields, name));
        checkName(fields.get("name"));
        for (String name : List.of("description", "default_output_destination")) {
            checkText(fields, name);
        }
        return fields;
    }

    private static void checkTags(Map<String, @Nullable Object> fields, String name) {
        if (!fields.containsKey(name)) {
            return;
        }
        // No tags are an empty list, which every reader of the collection understands.
        Object value = Objects.requireNonNullElse(fields.get(name), List.of());
        if (!(value instanceof List<?> tags)) {
            throw invalid(name, "Only lists and tuples may be used in a list field");
        }
        Set<String> operators = new TreeSet<>();
        for (Object tag : tags) {
            if (!(tag instanceof String text)) {
                throw invalid(name, "StringField only accepts string values");
            }
            if (text.startsWith("__$")) {
                operators.add(text);
            }
        }
        if (!operators.isEmpty()) {
            throw ApiError.FIELDS_VALUE_ERROR.of("unsupported tag prefix").with("values", operators);
        }
        fields.put(name, sorted(tags));
    }

    private static void checkName(@Nullable Object name) {
        if (name != null && !(name instanceof String)) {
            throw ApiError.VALIDATION_ERROR.of("error for field 'name': ('value is wrong, expected type \"str\"', "
                    + PythonText.repr(name) + ").");
        }
    }

    private static void checkText(Map<String, @Nullable Object> fields, String name) {
        Object value = fields.get(name);
        if (value instanceof String text && name.equals("default_output_destination")) {
            fields.put(name, text.strip());
        } else if (value != null && !(value instanceof String)) {
            throw invalid(name, "StringField only accepts string values");
        }
    }

    private static ApiException invalid(String field, String text) {
        return ApiError.DATA_VALIDATION_ERROR.with(field, text);
    }

    /** Tags in their order; an empty list for null. */
    static List<String> sorted(@Nullable Object tags) {
        List<String> sorted = new ArrayList<>();
        if (tags instanceof List<?> list) {
            list.forEach(tag -> sorted.add(String.valueOf(tag)));
        }
        sorted.sort(null);
        return sorted;
    }
}
