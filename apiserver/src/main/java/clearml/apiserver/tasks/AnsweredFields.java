package clearml.apiserver.tasks;

import clearml.apiserver.query.KeyEscaping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Stored members of a task in the form that answers have: keys unescaped, artifacts as a list, tags in order. */
final class AnsweredFields {

    private AnsweredFields() {}

    static @Nullable Object of(String name, @Nullable Object stored) {
        return switch (name) {
            case "hyperparams" -> unescaped(stored, true);
            case "configuration", "container" -> unescaped(stored, false);
            case "tags", "system_tags" -> sorted(stored);
            case "execution" -> execution(stored);
            default -> stored;
        };
    }

    /** An object by unescaped names, and if asked the objects in it as well. */
    static Map<String, Object> unescaped(@Nullable Object stored, boolean twoLevels) {
        Map<String, Object> names = new LinkedHashMap<>();
        if (stored instanceof Map<?, ?> map) {
            map.forEach((key, value) ->
                    names.put(KeyEscaping.unescape(String.valueOf(key)), twoLevels ? unescaped(value, false) : value));
        }
        return names;
    }

    private static Object sorted(@Nullable Object tags) {
        if (!(tags instanceof Collection<?> items)) {
            return new ArrayList<>();
        }
        TreeSet<String> sorted = new TreeSet<>();
        items.forEach(tag -> sorted.add(String.valueOf(tag)));
        return new ArrayList<>(sorted);
    }

    private static @Nullable Object execution(@Nullable Object stored) {
        if (!(Items.withoutMarkers(stored) instanceof Document execution)) {
            return stored;
        }
        Map<String, Object> answered = new LinkedHashMap<>(execution);
        answered.computeIfPresent("model_labels", (name, labels) -> unescaped(labels, false));
        answered.computeIfPresent(
                "artifacts",
                (name, map) -> map instanceof Map<?, ?> items ? TaskAnswers.artifactList(items.values()) : map);
        return answered;
    }
}
