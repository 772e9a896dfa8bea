package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.PythonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters as clients of API versions below 2.9 know them: flat names in {@code execution.parameters} and
 * {@code execution.model_desc}. They are kept as items of the type {@code legacy} among the others.
 */
final class LegacyParameters {

    private static final String TYPE = "legacy";
    private static final String DEFAULT_SECTION = "Args";
    private static final String DEFINES = "TF_DEFINE";
    private static final String DEFINES_PREFIX = DEFINES + "/";

    private LegacyParameters() {}

    /** Adds the older form to an answered row. */
    static void addTo(Map<String, Object> row) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (row.get("hyperparams") instanceof Map<?, ?> sections) {
            sections.forEach((section, items) -> collect(items, prefix(section), parameters));
        }
        put(row, "parameters", parameters);
        Map<String, Object> descriptions = new LinkedHashMap<>();
        collect(row.get("configuration"), "", descriptions);
        put(row, "model_desc", descriptions);
    }

    private static void put(Map<String, Object> row, String name, Map<String, Object> values) {
        if (!values.isEmpty()) {
            TaskAnswers.members(row, "execution").put(name, values);
        }
    }

    private static String prefix(@Nullable Object section) {
        return DEFINES.equals(section) ? DEFINES_PREFIX : "";
    }

    private static void collect(@Nullable Object items, String prefix, Map<String, Object> values) {
        if (items instanceof Map<?, ?> named) {
            named.forEach((name, item) -> {
                if (isLegacy(item) && item instanceof Map<?, ?> members) {
                    values.put(prefix + name, String.valueOf(members.get("value")));
                }
            });
        }
    }

    private static boolean isLegacy(@Nullable Object item) {
        return item instanceof Map<?, ?> members && TYPE.equals(members.get("type"));
    }

    /**
     * The hyperparameters that a request with {@code execution.parameters} amounts to, by unescaped names; null when
     * nothing is to be written.
     *
     * @param given the request's hyperparameters; may be empty
     * @param previous those of the task, unescaped; empty for a new one
     */
    static @Nullable Map<String, Object> hyperparams(
            Map<String, ?> legacy, Map<String, Object> given, Map<String, Object> previous) {
        Map<String, Object> sections = new LinkedHashMap<>();
        if (!given.isEmpty()) {
            given.forEach((section, items) -> sections.put(section, copy(items)));
        } else {
            boolean dropped = keepOthersOfSections(previous, sections);
            if (legacy.isEmpty() && !dropped) {
                return null;
            }
        }
        legacy.forEach((name, value) -> addParameter(sections, name, value));
        return sections;
    }

    /** The same for {@code execution.model_desc} and the configuration. */
    static @Nullable Map<String, Object> configuration(
            Map<String, ?> legacy, Map<String, Object> given, Map<String, Object> previous) {
        Map<String, Object> items = new LinkedHashMap<>();
        if (!given.isEmpty()) {
            items.putAll(given);
        } else {
            boolean dropped = keepOthers(previous, items);
            if (legacy.isEmpty() && !dropped) {
                return null;
            }
        }
        legacy.forEach((name, value) -> items.put(name, item(null, name, value)));
        return items;
    }

    private static Object copy(@Nullable Object items) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (!(items instanceof Map<?, ?> named)) {
            throw ApiError.VALIDATION_ERROR.of("a section of hyperparams must be an object");
        }
        named.forEach((name, item) -> copy.put(String.valueOf(name), item));
        return copy;
    }

    private static boolean keepOthersOfSections(Map<String, Object> previous, Map<String, Object> kept) {
        boolean dropped = false;
        for (Map.Entry<String, Object> section : previous.entrySet()) {
            Map<String, Object> others = new LinkedHashMap<>();
            if (section.getValue() instanceof Map<?, ?> items) {
                dropped |= keepOthers(items, others);
            }
            if (!others.isEmpty()) {
                kept.put(section.getKey(), others);
            }
        }
        return dropped;
    }

    private static boolean keepOthers(Map<?, ?> items, Map<String, Object> kept) {
        boolean dropped = false;
        for (Map.Entry<?, ?> item : items.entrySet()) {
            if (isLegacy(item.getValue())) {
                dropped = true;
            } else {
                kept.put(String.valueOf(item.getKey()), item.getValue());
            }
        }
        return dropped;
    }

    @SuppressWarnings("unchecked")
    private static void addParameter(Map<String, Object> sections, String fullName, @Nullable Object value) {
        boolean define = fullName.startsWith(DEFINES_PREFIX);
        String section = define ? DEFINES : DEFAULT_SECTION;
        String name = define ? fullName.substring(DEFINES_PREFIX.length()) : fullName;
        if (name.isEmpty()) {
            throw ApiError.VALIDATION_ERROR.of("Parameter name cannot be empty");
        }
        Map<String, Object> items =
                (Map<String, Object>) sections.computeIfAbsent(section, key -> new LinkedHashMap<String, Object>());
        items.put(name, item(section, name, value));
    }

    private static Map<String, Object> item(@Nullable String section, String name, @Nullable Object value) {
        Map<String, Object> item = new LinkedHashMap<>();
        if (section != null) {
            item.put("section", section);
        }
        item.put("name", name);
        item.put("value", PythonText.str(value));
        item.put("type", TYPE);
        return item;
    }
}
