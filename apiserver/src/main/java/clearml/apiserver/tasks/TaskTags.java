package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import java.util.Collection;
import java.util.List;
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

    /** 400/16 for tags that filters would take for operators. */
    static void requireNoOperators(Collection<?> tags) {
        List<?> operators = tags.stream()
                .filter(tag -> tag instanceof String text && text.startsWith(OPERATOR_PREFIX))
                .toList();
        if (!operators.isEmpty()) {
            throw ApiError.FIELDS_VALUE_ERROR.of("unsupported tag prefix").with("values", operators);
        }
    }
}
