package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.query.Tags;
import clearml.apiserver.query.Truth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of tasks as each API version knows them: artifacts as a list, and what older versions keep elsewhere. */
final class TaskAnswers {

    private TaskAnswers() {}

    /** Converts a row, whose keys are unescaped already, in place. */
    static Map<String, Object> convert(Map<String, Object> row, ApiVersion version) {
        if (row.get("execution") instanceof Map<?, ?> execution
                && execution.get("artifacts") instanceof Map<?, ?> map) {
            members(row, "execution").put("artifacts", artifactList(map.values()));
        }
        if (version.before("2.13")) {
            addSingleModels(row);
            addDockerCommand(row);
            if (version.before("2.9")) {
                LegacyParameters.addTo(row);
                if (version.before("2.3")) {
                    Tags.unite(row);
                }
            }
        }
        return row;
    }

    /** Artifacts in the order of their keys. */
    static List<Object> artifactList(Collection<?> artifacts) {
        List<Object> list = new ArrayList<>(artifacts);
        list.sort(Comparator.comparing(
                artifact -> artifact instanceof Map<?, ?> item ? String.valueOf(item.get("key")) : ""));
        return list;
    }

    private static void addSingleModels(Map<String, Object> row) {
        if (row.get("models") instanceof Map<?, ?> models) {
            putModel(row, "execution", models.get("input"), true);
            putModel(row, "output", models.get("output"), false);
        }
    }

    private static void putModel(Map<String, Object> row, String owner, @Nullable Object items, boolean first) {
        if (items instanceof List<?> list && !list.isEmpty()) {
            Object item = list.get(first ? 0 : list.size() - 1);
            if (item instanceof Map<?, ?> entry && entry.get("model") != null) {
                members(row, owner).put("model", Objects.requireNonNull(entry.get("model")));
            }
        }
    }

    private static void addDockerCommand(Map<String, Object> row) {
        if (row.get("container") instanceof Map<?, ?> container && Truth.of(container.get("image"))) {
            String command = Stream.of(container.get("image"), container.get("arguments"))
                    .filter(Truth::of)
                    .map(String::valueOf)
                    .collect(Collectors.joining(" "));
            members(row, "execution").put("docker_cmd", command);
        }
    }

    /** A member object of a row, made if it is missing. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> members(Map<String, Object> row, String name) {
        return (Map<String, Object>) row.computeIfAbsent(name, key -> new LinkedHashMap<String, Object>());
    }
}
