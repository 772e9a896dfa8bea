package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.query.KeyEscaping;
import clearml.apiserver.query.Truth;
import clearml.apiserver.tasks.GatedChanges.Gate;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Configuration objects by name. */
@Component
class Configurations {

    private static final String FIELD = "configuration";

    private final TaskStore store;
    private final GatedChanges changes;

    Configurations(TaskStore store, GatedChanges changes) {
        this.store = store;
        this.changes = changes;
    }

    /** A row for each task: {@code {task, configuration: [...]}}; no names given means all. */
    List<Map<String, Object>> list(List<String> tasks, List<String> names, String company) {
        List<Document> found = store.allVisible(tasks, company, FIELD);
        TaskStore.requireAll(tasks, found);
        return found.stream()
                .map(task -> Map.of("task", TaskStore.id(task), FIELD, sorted(task, names)))
                .toList();
    }

    private static List<Document> sorted(Document task, List<String> names) {
        return items(task).stream()
                .filter(item -> names.isEmpty() || names.contains(name(item)))
                .map(Items::withoutMarker)
                .sorted(Comparator.comparing(Configurations::name))
                .toList();
    }

    private static List<Document> items(Document task) {
        List<Document> items = new ArrayList<>();
        if (task.get(FIELD) instanceof Map<?, ?> map) {
            map.values().forEach(item -> items.add((Document) item));
        }
        return items;
    }

    private static String name(Document item) {
        return String.valueOf(item.get("name"));
    }

    /** A row for each task that has any: {@code {task, names: [...]}}. */
    List<Map<String, Object>> names(List<String> tasks, boolean skipEmpty, String company) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Document task : store.allVisible(tasks, company, FIELD)) {
            List<String> names = items(task).stream()
                    .filter(item -> !skipEmpty || Truth.of(item.get("value")))
                    .map(Configurations::name)
                    .sorted()
                    .toList();
            if (!names.isEmpty()) {
                rows.add(Map.of("task", TaskStore.id(task), "names", names));
            }
        }
        return rows;
    }

    long edit(ConfigurationApi.Edit request, Caller caller) {
        Document items = new Document();
        for (ConfigurationApi.Item given : request.configuration()) {
            Document item = new Document("name", given.name()).append("value", given.value());
            Items.putIfGiven(item, "type", given.type());
            Items.putIfGiven(item, "description", given.description());
            items.put(key(given.name()), item);
        }
        List<Bson> updates = GatedChanges.work(caller, new Date());
        if (request.replaceConfiguration()) {
            updates.add(Updates.set(FIELD, items));
        } else {
            items.forEach((key, item) -> updates.add(Updates.set(FIELD + "." + key, item)));
        }
        return changes.apply(request.task(), caller, Gate.forced(request.force()), updates);
    }

    long delete(ConfigurationApi.Delete request, Caller caller) {
        List<Bson> updates = GatedChanges.work(caller, new Date());
        request.configuration().stream()
                .distinct()
                .forEach(name -> updates.add(Updates.unset(FIELD + "." + key(name))));
        return changes.apply(request.task(), caller, Gate.forced(request.force()), updates);
    }

    private static String key(String name) {
        if (name.isEmpty()) {
            throw ApiError.VALIDATION_ERROR.of("Empty configuration name is not allowed");
        }
        return KeyEscaping.escape(name);
    }
}
