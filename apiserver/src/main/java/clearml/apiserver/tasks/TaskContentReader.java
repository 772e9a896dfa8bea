package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.query.MongoValues;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request of any API version says about a task into stored form. What older versions keep elsewhere is
 * moved: tags, flat parameters, the single model, the docker command.
 */
final class TaskContentReader {

    private static final Set<String> TEXTS = Set.of("name", "type", "comment", "parent", "project", "status");
    private static final List<String> OBJECTS = List.of("container", "hyperparams", "configuration", "runtime");

    private final Map<String, Object> given = new LinkedHashMap<>();
    private final ApiVersion version;
    private final Date now;
    private final TaskContent content = new TaskContent();

    private TaskContentReader(Map<String, ?> request, ApiVersion version, Date now) {
        request.forEach((name, value) -> {
            if (value != null) {
                given.put(name, value);
            }
        });
        this.version = version;
        this.now = now;
    }

    /**
     * Reads a request; null members count as absent, unknown ones are ignored.
     *
     * @param previous the task's hyperparameters and configuration, unescaped; empty for a new task
     * @throws clearml.apiserver.call.ApiException 400/12 and 400/16 for what cannot be stored
     */
    static TaskContent read(Map<String, ?> request, ApiVersion version, Date now, Map<String, Object> previous) {
        return new TaskContentReader(request, version, now).content(previous);
    }

    /** Whether the previous parameters of a task are needed to read a request. */
    static boolean needsPrevious(Map<String, ?> request) {
        return request.get("execution") instanceof Map<?, ?> execution
                && (execution.get("parameters") != null || execution.get("model_desc") != null);
    }

    private TaskContent content(Map<String, Object> previous) {
        TaskTags.listIn(given);
        OBJECTS.forEach(name -> given.computeIfPresent(name, (key, value) -> object(key, value)));
        readOutput();
        readModels();
        TaskTags.checkIn(given, version);
        readExecution(previous);
        readWhole();
        if (given.get("script") != null) {
            content.part("script").putAll(Shapes.script(Shapes.object("script", given.get("script"))));
        }
        return content;
    }

    private static Map<?, ?> object(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        if ("".equals(value) || (value instanceof List<?> items && items.isEmpty())) {
            return Map.of();
        }
        String reason = value instanceof String
                ? "dictionary update sequence element #0 has length 1; 2 is required"
                : "expecting dict";
        throw ApiError.FIELDS_VALUE_ERROR.of(reason).with("field", name);
    }

    private void readOutput() {
        Object destination = given.get("output_dest");
        if (destination != null) {
            content.part("output").put("destination", trimmed(destination));
        }
    }

    private void readModels() {
        if (given.get("models") == null) {
            return;
        }
        Map<String, @Nullable Object> models = content.part("models");
        Shapes.object("models", given.get("models")).forEach((key, items) -> {
            String direction = String.valueOf(key);
            if (!direction.equals("input") && !direction.equals("output")) {
                throw ApiError.VALIDATION_ERROR
                        .of("unknown field")
                        .with("document", "TaskModels")
                        .with("field", direction);
            }
            models.put(direction, items == null ? null : Shapes.models(items, now));
        });
    }

    private void readExecution(Map<String, Object> previous) {
        if (given.get("execution") == null) {
            return;
        }
        Map<String, @Nullable Object> execution = new LinkedHashMap<>();
        Shapes.object("execution", given.get("execution"))
                .forEach((name, value) -> execution.put(String.valueOf(name), value));
        readParameters(execution.remove("parameters"), previous);
        readDescriptions(execution.remove("model_desc"), previous);
        if (version.before("2.13")) {
            readModel(execution.remove("model"));
            readDockerCommand(execution.remove("docker_cmd"));
        }
        content.part("execution").putAll(Shapes.execution(execution));
    }

    private void readParameters(@Nullable Object legacy, Map<String, Object> previous) {
        if (legacy != null) {
            Map<String, Object> sections = LegacyParameters.hyperparams(
                    texts(Shapes.object("execution.parameters", legacy)),
                    texts((Map<?, ?>) given.get("hyperparams")),
                    texts(previous.get("hyperparams")));
            if (sections != null) {
                given.put("hyperparams", sections);
            }
        }
    }

    private void readDescriptions(@Nullable Object legacy, Map<String, Object> previous) {
        if (legacy != null) {
            Map<String, Object> items = LegacyParameters.configuration(
                    texts(Shapes.object("execution.model_desc", legacy)),
                    texts((Map<?, ?>) given.get("configuration")),
                    texts(previous.get("configuration")));
            if (items != null) {
                given.put("configuration", items);
            }
        }
    }

    private static Map<String, Object> texts(@Nullable Object object) {
        Map<String, Object> named = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> named.put(String.valueOf(name), value));
        }
        return named;
    }

    private void readModel(@Nullable Object id) {
        if (id != null) {
            List<Document> input = "".equals(id)
                    ? List.of()
                    : List.of(new Document("name", "Input Model")
                            .append("model", id)
                            .append("updated", now));
            content.part("models").put("input", input);
        }
    }

    private void readDockerCommand(@Nullable Object command) {
        if (command instanceof String text && !given.containsKey("container")) {
            given.put("container", container(text));
        }
    }

    /** The image is the text before the first space, the arguments are the rest as it is: both make the command again. */
    static Map<String, Object> container(String command) {
        String text = command.strip();
        int space = text.indexOf(' ');
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("image", space < 0 ? text : text.substring(0, space));
        container.put("arguments", space < 0 ? "" : text.substring(space + 1));
        return container;
    }

    private void readWhole() {
        given.forEach((name, value) -> {
            if (TEXTS.contains(name)) {
                content.whole().put(name, name.equals("name") ? trimmed(value) : stored(value));
            } else if (TaskTags.FIELDS.contains(name)) {
                content.whole().put(name, stored(value));
            } else if (OBJECTS.contains(name)) {
                content.whole().put(name, object(name, (Map<?, ?>) value));
            }
        });
    }

    private static Object object(String name, Map<?, ?> value) {
        return switch (name) {
            case "hyperparams" -> Shapes.hyperparams(value);
            case "configuration" -> Shapes.configuration(value);
            case "container" -> Shapes.escapedKeys(value);
            default -> stored(value);
        };
    }

    @SuppressWarnings("NullAway") // a value that is not null has a stored form that is not null
    private static Object stored(Object value) {
        return MongoValues.of(value);
    }

    private static Object trimmed(Object value) {
        return value instanceof String text ? text.strip() : stored(value);
    }
}
