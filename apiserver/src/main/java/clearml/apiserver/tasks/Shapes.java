package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.query.KeyEscaping;
import clearml.apiserver.query.MongoValues;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a request in the form they are stored in: names escaped, artifacts by the hash of their key, nothing unknown
 * (the reference refuses documents with members that it does not know).
 */
final class Shapes {

    private static final Set<String> SCRIPT = Set.of(
            "binary",
            "repository",
            "tag",
            "branch",
            "version_num",
            "entry_point",
            "working_dir",
            "requirements",
            "diff");
    private static final Set<String> EXECUTION =
            Set.of("test_split", "parameters", "model_desc", "model_labels", "framework", "artifacts", "queue");
    private static final Set<String> MODEL = Set.of("name", "model", "updated");
    private static final Set<String> PARAMETER = Set.of("section", "name", "value", "type", "description");
    private static final Set<String> CONFIGURATION = Set.of("name", "value", "type", "description");
    private static final Set<String> ARTIFACT =
            Set.of("key", "type", "mode", "uri", "hash", "content_size", "timestamp", "type_data", "display_data");
    private static final Set<String> TYPE_DATA = Set.of("preview", "content_type", "data_hash");
    private static final String CLASS_MARKER = "_cls";

    private Shapes() {}

    static Map<String, @Nullable Object> script(Map<?, ?> given) {
        Map<String, @Nullable Object> script = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            String name = String.valueOf(key);
            requireKnown(SCRIPT, "Script", name);
            boolean trimmed = value instanceof String && !name.equals("diff");
            script.put(name, trimmed ? ((String) value).strip() : MongoValues.of(value));
        });
        return script;
    }

    /** Members of the execution; unknown ones are left out. */
    static Map<String, @Nullable Object> execution(Map<?, ?> given) {
        Map<String, @Nullable Object> execution = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (EXECUTION.contains(name)) {
                execution.put(name, executionMember(name, value));
            }
        });
        return execution;
    }

    private static @Nullable Object executionMember(String name, @Nullable Object value) {
        if (name.equals("artifacts") && value != null) {
            return artifacts(value);
        }
        return name.equals("model_labels") && value instanceof Map<?, ?> labels
                ? escapedKeys(labels)
                : MongoValues.of(value);
    }

    /** Artifacts by {@code <md5 of the key>_<mode>}; of two with the same key and mode the later counts. */
    static Document artifacts(Object given) {
        Iterable<?> items = given instanceof Map<?, ?> map ? map.values() : list("artifacts", given);
        Document artifacts = new Document();
        for (Object item : items) {
            Document artifact = artifact(object("artifact", item));
            artifacts.put(artifactId(artifact.get("key"), artifact.get("mode")), artifact);
        }
        return artifacts;
    }

    private static Document artifact(Map<?, ?> given) {
        Document artifact = new Document();
        given.forEach((key, value) -> {
            if (known(ARTIFACT, "Artifact", key) && value != null) {
                artifact.put(
                        String.valueOf(key),
                        key.equals("type_data")
                                ? item(object("type_data", value), TYPE_DATA, "ArtifactTypeData")
                                : MongoValues.of(value));
            }
        });
        artifact.putIfAbsent("mode", Artifacts.OUTPUT);
        artifact.compute("display_data", (name, value) -> Artifacts.sorted(value));
        return artifact;
    }

    static String artifactId(@Nullable Object key, @Nullable Object mode) {
        return md5(String.valueOf(key)) + "_" + (mode == null ? Artifacts.OUTPUT : mode);
    }

    static String md5(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Input or output models, which count as updated now. */
    static List<Document> models(Object given, Date now) {
        List<Document> models = new ArrayList<>();
        for (Object entry : list("models", given)) {
            models.add(item(object("model", entry), MODEL, "ModelItem").append("updated", now));
        }
        return models;
    }

    static Document hyperparams(Map<?, ?> given) {
        Document sections = new Document();
        given.forEach((section, items) -> {
            Document stored = new Document();
            object("hyperparams", items)
                    .forEach((name, item) -> stored.put(
                            key("parameter", name), item(object("parameter", item), PARAMETER, "ParamsItem")));
            sections.put(key("section", section), stored);
        });
        return sections;
    }

    static Document configuration(Map<?, ?> given) {
        Document items = new Document();
        given.forEach((name, item) -> items.put(
                key("configuration", name), item(object("configuration", item), CONFIGURATION, "ConfigurationItem")));
        return items;
    }

    private static String key(String what, @Nullable Object name) {
        if ("".equals(name)) {
            throw ApiError.VALIDATION_ERROR.of("Empty " + what + " name is not allowed");
        }
        return KeyEscaping.escape(String.valueOf(name));
    }

    static Document escapedKeys(Map<?, ?> given) {
        Document escaped = new Document();
        given.forEach((key, value) -> escaped.put(KeyEscaping.escape(String.valueOf(key)), MongoValues.of(value)));
        return escaped;
    }

    private static Document item(Map<?, ?> given, Set<String> members, String type) {
        Document item = new Document();
        given.forEach((key, value) -> {
            if (known(members, type, key) && value != null) {
                item.put(String.valueOf(key), MongoValues.of(value));
            }
        });
        return item;
    }

    private static boolean known(Set<String> members, String type, @Nullable Object key) {
        if (CLASS_MARKER.equals(key)) {
            return false;
        }
        requireKnown(members, type, String.valueOf(key));
        return true;
    }

    private static void requireKnown(Set<String> members, String type, String name) {
        if (!members.contains(name)) {
            throw ApiError.VALIDATION_ERROR
                    .of("unknown field")
                    .with("document", type)
                    .with("field", name);
        }
    }

    static Map<?, ?> object(String what, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw ApiError.VALIDATION_ERROR.of(what + " must be an object");
    }

    static List<?> list(String what, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw ApiError.VALIDATION_ERROR.of(what + " must be a list");
    }
}
