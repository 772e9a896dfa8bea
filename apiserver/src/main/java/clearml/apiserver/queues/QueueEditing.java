package clearml.apiserver.queues;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Call;
import clearml.apiserver.call.Field;
import clearml.apiserver.call.PythonText;
import clearml.apiserver.query.KeyEscaping;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes queues and changes what is known about them. */
@Component
class QueueEditing {

    private static final int SHORTEST_NAME = 3;

    /** An entry of the metadata. */
    record Item(
            @Field(required = true) String key,
            @Field(required = true) String type,
            @Field(required = true) String value) {

        Document document() {
            return new Document("key", key).append("type", type).append("value", value);
        }
    }

    private final QueueStore store;

    QueueEditing(QueueStore store) {
        this.store = store;
    }

    /** The id of the new queue; 400/16, 400/800, 400/801 when its name is taken. */
    String create(
            String name,
            @Nullable String displayName,
            List<String> tags,
            List<String> systemTags,
            Map<String, @Nullable Item> metadata,
            String company) {
        Date now = new Date();
        Document queue = new Document("_id", Call.newId()).append("name", checked(name));
        if (displayName != null) {
            queue.append("display_name", displayName);
        }
        queue.append("company", company)
                .append("created", now)
                .append("tags", sorted(tags))
                .append("system_tags", sorted(systemTags))
                .append("entries", List.of())
                .append("last_update", now)
                .append("metadata", stored(metadata));
        store.insert(queue);
        return queue.getString("_id");
    }

    /** What is given is set, null is no change: the given members as they are answered; 400/701. */
    Map<String, Object> update(
            String id,
            @Nullable String name,
            @Nullable String displayName,
            @Nullable List<String> tags,
            @Nullable List<String> systemTags,
            @Nullable Map<String, @Nullable Item> metadata,
            String company) {
        store.own(id, company, "_id");
        List<Bson> changes = new ArrayList<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        if (name != null) {
            changes.add(Updates.set("name", checked(name)));
            fields.put("name", name);
        }
        if (displayName != null) {
            changes.add(Updates.set("display_name", displayName));
            fields.put("display_name", displayName);
        }
        setTags("tags", tags, changes, fields);
        setTags("system_tags", systemTags, changes, fields);
        if (metadata != null) {
            Document stored = stored(metadata);
            changes.add(Updates.set("metadata", stored));
            Map<String, Object> given = new LinkedHashMap<>();
            stored.forEach((key, item) -> given.put(KeyEscaping.unescape(key), item));
            fields.put("metadata", given);
        }
        if (!changes.isEmpty()) {
            change(id, company, Updates.combine(changes));
        }
        return fields;
    }

    private static void setTags(
            String field, @Nullable List<String> tags, List<Bson> changes, Map<String, Object> fields) {
        if (tags != null) {
            changes.add(Updates.set(field, sorted(tags)));
            fields.put(field, sorted(tags));
        }
    }

    /** Sets items of the metadata, or all of it; later items of the same key win. 400/701. */
    void setMetadata(String id, List<Item> items, boolean replace, String company) {
        Map<String, @Nullable Item> byKey = new LinkedHashMap<>();
        items.forEach(item -> byKey.put(item.key(), item));
        Document stored = stored(byKey);
        if (replace) {
            change(id, company, Updates.set("metadata", stored));
        } else {
            List<Bson> changes = new ArrayList<>();
            stored.forEach((key, item) -> changes.add(Updates.set("metadata." + key, item)));
            change(id, company, Updates.combine(changes));
        }
    }

    /** Removes items of the metadata; unknown keys are ignored. 400/701. */
    void deleteMetadata(String id, List<String> keys, String company) {
        List<Bson> changes = new ArrayList<>();
        keys.stream().map(KeyEscaping::escape).distinct().forEach(key -> changes.add(Updates.unset("metadata." + key)));
        change(id, company, Updates.combine(changes));
    }

    private void change(String id, String company, Bson change) {
        if (!store.update(QueueStore.own(id, company), change)) {
            throw QueueStore.unknown(id, company);
        }
    }

    private static String checked(String name) {
        String trimmed = name.strip();
        if (PythonText.length(trimmed) < SHORTEST_NAME) {
            throw ApiError.DATA_VALIDATION_ERROR.with("name", "String value is too short");
        }
        return trimmed;
    }

    private static List<String> sorted(List<String> tags) {
        Set<String> operators = new TreeSet<>();
        tags.stream().filter(tag -> tag.startsWith("__$")).forEach(operators::add);
        if (!operators.isEmpty()) {
            throw ApiError.FIELDS_VALUE_ERROR.of("unsupported tag prefix").with("values", operators);
        }
        return tags.stream().sorted().toList();
    }

    private static Document stored(Map<String, @Nullable Item> metadata) {
        Document stored = new Document();
        metadata.forEach((key, item) -> {
            if (item == null) {
                throw ApiError.VALIDATION_ERROR.of("metadata item is required").with("key", key);
            }
            stored.put(KeyEscaping.escape(key), item.document());
        });
        return stored;
    }
}
