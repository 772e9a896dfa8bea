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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hyperparameters by section and name. Those of the section {@code properties} may be changed in any status. */
@Component
class HyperParams {

    private static final String PROPERTIES = "properties";
    private static final String FIELD = "hyperparams";

    private final TaskStore store;
    private final GatedChanges changes;

    HyperParams(TaskStore store, GatedChanges changes) {
        this.store = store;
        this.changes = changes;
    }

    /** A row for each task: {@code {task, hyperparams: [...]}}. */
    List<Map<String, Object>> list(List<String> tasks, String company) {
        List<Document> found = store.allVisible(tasks, company, FIELD);
        TaskStore.requireAll(tasks, found);
        return found.stream()
                .map(task -> Map.of("task", TaskStore.id(task), FIELD, sorted(task.get(FIELD))))
                .toList();
    }

    private static List<Document> sorted(@Nullable Object sections) {
        return values(sections)
                .flatMap(HyperParams::values)
                .map(Document.class::cast)
                .map(Items::withoutMarker)
                .sorted(Comparator.<Document, String>comparing(item -> String.valueOf(item.get("section")))
                        .thenComparing(item -> String.valueOf(item.get("name"))))
                .toList();
    }

    private static Stream<?> values(@Nullable Object object) {
        return object instanceof Map<?, ?> map ? map.values().stream() : Stream.empty();
    }

    long edit(HyperParamsApi.Edit request, Caller caller) {
        HyperParamsApi.Replace replace =
                request.replaceHyperparams() == null ? HyperParamsApi.Replace.NONE : request.replaceHyperparams();
        Map<String, Document> sections = new LinkedHashMap<>();
        for (HyperParamsApi.Item item : request.hyperparams()) {
            add(item, replace, sections);
        }
        List<Bson> updates = new ArrayList<>();
        switch (replace) {
            case ALL -> updates.add(Updates.set(FIELD, new Document(sections)));
            case SECTION -> sections.forEach((section, items) -> updates.add(Updates.set(path(section), items)));
            case NONE ->
                sections.forEach((section, items) ->
                        items.forEach((name, item) -> updates.add(Updates.set(path(section) + "." + name, item))));
        }
        boolean onlyProperties = replace != HyperParamsApi.Replace.ALL && areProperties(sections.keySet());
        return apply(request.task(), caller, request.force(), onlyProperties, updates);
    }

    private static void add(HyperParamsApi.Item item, HyperParamsApi.Replace replace, Map<String, Document> sections) {
        String section = section(item.section());
        Document items = sections.computeIfAbsent(key("section", section), key -> new Document());
        boolean empties = item.name() == null && item.value() == null;
        if (empties && replace == HyperParamsApi.Replace.SECTION) {
            return;
        }
        if (item.name() == null || item.value() == null) {
            String missing = item.name() == null ? "name" : "value";
            throw ApiError.VALIDATION_ERROR.of("error for field '" + missing + "'. field is required!");
        }
        Document stored = new Document("section", section).append("name", item.name());
        stored.append("value", item.value());
        Items.putIfGiven(stored, "type", item.type());
        Items.putIfGiven(stored, "description", item.description());
        items.put(key("parameter", item.name()), stored);
    }

    /** Users write the section of properties as they like. */
    private static String section(String given) {
        return given.equalsIgnoreCase(PROPERTIES) ? PROPERTIES : given;
    }

    private static String key(String what, String name) {
        if (name.isEmpty()) {
            throw ApiError.VALIDATION_ERROR.of("Empty " + what + " name is not allowed");
        }
        return KeyEscaping.escape(name);
    }

    private static boolean areProperties(Set<String> sections) {
        return sections.equals(Set.of(PROPERTIES));
    }

    private static String path(String section) {
        return FIELD + "." + section;
    }

    long delete(HyperParamsApi.Delete request, Caller caller) {
        Set<String> whole = new HashSet<>();
        Set<String> parts = new HashSet<>();
        List<Bson> updates = new ArrayList<>();
        for (HyperParamsApi.Key key : request.hyperparams()) {
            String section = key("section", section(key.section()));
            if (!Truth.of(key.name())) {
                whole.add(section);
                updates.add(Updates.unset(path(section)));
            } else {
                parts.add(section);
                updates.add(Updates.unset(path(section) + "." + KeyEscaping.escape(String.valueOf(key.name()))));
            }
        }
        Set<String> sections = new HashSet<>(whole);
        sections.addAll(parts);
        if (sections.size() < whole.size() + parts.size()) {
            parts.retainAll(whole);
            throw ApiError.FIELDS_CONFLICT
                    .of("Cannot delete section and field in the same request")
                    .with("sections", parts);
        }
        return apply(request.task(), caller, request.force(), areProperties(sections), updates);
    }

    private long apply(String task, Caller caller, boolean force, boolean onlyProperties, List<Bson> updates) {
        Date now = new Date();
        updates.addAll(onlyProperties ? GatedChanges.touch(caller, now) : GatedChanges.work(caller, now));
        return changes.apply(task, caller, onlyProperties ? Gate.ANY : Gate.forced(force), updates);
    }
}
