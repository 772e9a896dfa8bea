package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.query.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is special about some tags of tasks. */
final class TaskTags {

    /** Set by the SDK on a developer's machine: nobody but that process can stop it. */
    static final String DEVELOPMENT = "development";

    static final String ARCHIVED = "archived";

    static final List<String> FIELDS = List.of("tags", "system_tags");

    /** What clients below API version 2.3 know as tags. */
    static final Set<String> OLD_SYSTEM_TAGS = Set.of("active", ARCHIVED, DEVELOPMENT, "annotat");

    private static final String OPERATOR_PREFIX = "__$";

    private TaskTags() {}

    /** Makes lists of the tags of a request; 400/16 for what is none. */
    static void listIn(Map<String, Object> given) {
        FIELDS.forEach(name -> given.computeIfPresent(name, (field, value) -> list(field, value)));
    }

    private static List<?> list(String name, Object value) {
        if (value instanceof List<?> items) {
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        throw ApiError.FIELDS_VALUE_ERROR.of("expecting list").with("field", name);
    }

    /** 400/16 for tags that filters would take for operators; divides those of an older client. */
    static void checkIn(Map<String, Object> given, ApiVersion version) {
        FIELDS.forEach(name -> requireNoOperators((Collection<?>) given.getOrDefault(name, List.of())));
        if (version.before("2.3")) {
            Tags.divide(given, OLD_SYSTEM_TAGS);
        }
    }

    private static void requireNoOperators(Collection<?> tags) {
        List<?> operators = tags.stream()
                .filter(tag -> tag instanceof String text && text.startsWith(OPERATOR_PREFIX))
                .toList();
        if (!operators.isEmpty()) {
            throw ApiError.FIELDS_VALUE_ERROR.of("unsupported tag prefix").with("values", operators);
        }
    }
}
