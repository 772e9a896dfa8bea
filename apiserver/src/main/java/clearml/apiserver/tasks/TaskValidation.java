package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.PythonText;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what must not be stored in a task: 400/800 with the field and what is wrong with it. Both ways to write a
 * task, creating and editing it, pass here, as the reference cannot read what is stored otherwise.
 */
final class TaskValidation {

    private static final int SHORTEST_NAME = 3;
    private static final List<String> TEXTS = List.of("comment", "report", "status_message", "output.error");

    private TaskValidation() {}

    static void check(TaskContent content) {
        Map<String, Object> whole = content.whole();
        if (whole.containsKey("name")) {
            checkName(whole.get("name"));
        }
        TEXTS.forEach(name -> requireText(name, whole.get(name)));
        checkChoices(whole);
        checkTexts("tags", whole.get("tags"));
        checkTexts("system_tags", whole.get("system_tags"));
        checkKeys("runtime", whole.get("runtime"));
        checkContainer(whole.get("container"));
        checkHyperparams(whole.get("hyperparams"));
        checkItems("configuration", whole.get("configuration"), List.of("name", "value"));
        content.parts().forEach(TaskValidation::checkPart);
    }

    /** 400/800 for a name that is no text or shorter than three characters. */
    static void checkName(@Nullable Object name) {
        requireText("name", name);
        if (name != null && PythonText.length(name.toString().strip()) < SHORTEST_NAME) {
            throw wrong("name", "String value is too short");
        }
    }

    private static void checkChoices(Map<String, Object> whole) {
        if (whole.containsKey("type") && !TaskType.isOne(whole.get("type"))) {
            throw wrong("type", "Value must be one of the task types");
        }
        if (whole.containsKey("status") && TaskStatus.byText(whole.get("status")) == null) {
            throw wrong("status", "Value must be one of the task statuses");
        }
    }

    /** 400/800 for tags that are no texts. */
    static void checkTexts(String field, @Nullable Object items) {
        if (items instanceof Collection<?> texts && !texts.stream().allMatch(String.class::isInstance)) {
            throw wrong(field, "StringField only accepts string values");
        }
    }

    private static void checkContainer(@Nullable Object container) {
        if (container instanceof Map<?, ?> values) {
            values.values().forEach(value -> requireText("container", value));
        }
    }

    private static void checkHyperparams(@Nullable Object hyperparams) {
        if (hyperparams instanceof Map<?, ?> sections) {
            sections.values().forEach(items -> checkItems("hyperparams", items, List.of("section", "name", "value")));
        }
    }

    private static void checkItems(String field, @Nullable Object items, List<String> required) {
        if (items instanceof Map<?, ?> named) {
            named.values().forEach(item -> checkItem(field, (Document) item, required));
        }
    }

    static void checkItem(String field, Document item, List<String> required) {
        required.forEach(name -> {
            if (item.get(name) == null) {
                throw wrong(field, "Field is required: " + name);
            }
        });
        item.forEach((name, value) -> {
            if (!name.equals("updated")) {
                requireText(field + "." + name, value);
            }
        });
    }

    private static void checkPart(String name, Map<String, @Nullable Object> members) {
        switch (name) {
            case "execution" -> checkExecution(members);
            case "models" -> members.values().forEach(TaskValidation::checkModels);
            default ->
                members.forEach((member, value) -> {
                    if (member.equals("requirements")) {
                        checkKeys("script.requirements", value);
                    } else {
                        requireText(name + "." + member, value);
                    }
                });
        }
    }

    private static void checkModels(@Nullable Object items) {
        if (items instanceof List<?> models) {
            models.forEach(item -> checkItem("models", (Document) item, List.of("name", "model")));
        }
    }

    private static void checkExecution(Map<String, @Nullable Object> members) {
        requireText("execution.framework", members.get("framework"));
        requireText("execution.queue", members.get("queue"));
        if (members.get("test_split") != null && !isInteger(members.get("test_split"))) {
            throw wrong("execution.test_split", "could not be converted to int");
        }
        checkLabels(members.get("model_labels"));
        if (members.get("artifacts") instanceof Map<?, ?> artifacts) {
            artifacts.values().forEach(artifact -> checkArtifact((Document) artifact));
        }
    }

    private static void checkLabels(@Nullable Object labels) {
        if (labels == null) {
            return;
        }
        if (!(labels instanceof Map<?, ?> map)) {
            throw wrong("execution.model_labels", "Only dictionaries may be used in a DictField");
        }
        Set<Object> used = new HashSet<>();
        for (Object label : map.values()) {
            if (label != null && !isInteger(label)) {
                throw wrong("execution.model_labels", "could not be converted to int");
            }
            if (label != null && ((Number) label).longValue() != 0 && !used.add(((Number) label).longValue())) {
                throw wrong("execution.model_labels", "values are not unique");
            }
        }
    }

    static void checkArtifact(Document artifact) {
        for (String name : List.of("key", "type")) {
            if (artifact.get(name) == null) {
                throw wrong("execution.artifacts", "Field is required: " + name);
            }
        }
        for (String name : List.of("key", "type", "uri", "hash")) {
            requireText("execution.artifacts." + name, artifact.get(name));
        }
        Object mode = artifact.get("mode");
        if (!Artifacts.INPUT.equals(mode) && !Artifacts.OUTPUT.equals(mode)) {
            throw wrong("execution.artifacts.mode", "Value must be one of ('input', 'output')");
        }
        checkRows(artifact.get("display_data"));
        if (artifact.get("type_data") instanceof Map<?, ?> about) {
            about.forEach((name, value) -> requireText("execution.artifacts.type_data." + name, value));
        }
        for (String name : List.of("content_size", "timestamp")) {
            if (artifact.get(name) != null && !isInteger(artifact.get(name))) {
                throw wrong("execution.artifacts." + name, "could not be converted to long");
            }
        }
    }

    private static void checkRows(@Nullable Object data) {
        boolean rows = data instanceof List<?> list && list.stream().allMatch(List.class::isInstance);
        if (data != null && !rows) {
            throw wrong("execution.artifacts.display_data", "Only lists may be used in a list field");
        }
    }

    private static void checkKeys(String field, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(field, "Only dictionaries may be used in a DictField");
        }
        for (Object key : map.keySet()) {
            if ("".equals(key) || String.valueOf(key).startsWith("$")) {
                throw wrong(
                        field, "Invalid dictionary key name - keys may not be empty or startswith \"$\" characters");
            }
        }
    }

    private static boolean isInteger(@Nullable Object value) {
        return value instanceof Integer
                || value instanceof Long
                || (value instanceof Double number && number == Math.rint(number));
    }

    private static void requireText(String field, @Nullable Object value) {
        if (value != null && !(value instanceof String)) {
            throw wrong(field, "StringField only accepts string values");
        }
    }

    private static ApiException wrong(String field, String reason) {
        return ApiError.DATA_VALIDATION_ERROR.with(field, reason);
    }
}
