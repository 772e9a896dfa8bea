package clearml.apiserver.tasks;

import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about a task, in stored form.
 *
 * @param whole members that are replaced as they are
 * @param parts members of {@code execution}, {@code script}, {@code output} and {@code models}, whose other members
 *     stay; null resets one
 */
record TaskContent(Map<String, Object> whole, Map<String, Map<String, @Nullable Object>> parts) {

    TaskContent() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** The given members of an object; made if there are none yet. */
    Map<String, @Nullable Object> part(String name) {
        return parts.computeIfAbsent(name, key -> new LinkedHashMap<>());
    }

    boolean isEmpty() {
        return whole.isEmpty() && parts.isEmpty();
    }

    /** The names of the top-level members that are written. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(whole.keySet());
        names.addAll(parts.keySet());
        return names;
    }

    /** Fills a new task. */
    void fill(Document task) {
        task.putAll(whole);
        parts.forEach((name, members) -> {
            Document object = task.get(name, Document.class);
            members.forEach((member, value) -> {
                Object stored = value == null ? TaskDefaults.of(name, member) : value;
                if (stored == null) {
                    object.remove(member);
                } else {
                    object.put(member, stored);
                }
            });
        });
    }

    /** The updates of an existing task. */
    List<Bson> changes() {
        List<Bson> changes = new ArrayList<>();
        whole.forEach((name, value) -> changes.add(Updates.set(name, value)));
        parts.forEach((name, members) -> members.forEach((member, value) -> {
            Object stored = value == null ? TaskDefaults.of(name, member) : value;
            String path = name + "." + member;
            changes.add(stored == null ? Updates.unset(path) : Updates.set(path, stored));
        }));
        return changes;
    }
}
