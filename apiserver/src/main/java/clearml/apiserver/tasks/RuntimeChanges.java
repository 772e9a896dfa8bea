package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.query.MongoValues;
import clearml.apiserver.tasks.GatedChanges.Gate;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Runtime values. Their keys are stored as they are, also by create and edit, so that a value can be found again; a key
 * that MongoDB takes for a path needs the whole object to be replaced, on the condition that it is unchanged.
 */
@Component
class RuntimeChanges {

    private static final String FIELD = "runtime";

    private final TaskStore store;
    private final GatedChanges changes;

    RuntimeChanges(TaskStore store, GatedChanges changes) {
        this.store = store;
        this.changes = changes;
    }

    long edit(ContentApi.EditRuntime request, Caller caller) {
        List<String> keys = Stream.concat(request.addOrUpdate().keySet().stream(), request.remove().stream())
                .toList();
        keys.forEach(RuntimeChanges::requireKey);
        if (keys.isEmpty()) {
            changes.require(request.task(), caller, Gate.UNFINISHED);
            return 0;
        }
        return keys.stream().anyMatch(RuntimeChanges::isPath)
                ? replace(request, caller)
                : changes.apply(request.task(), caller, Gate.UNFINISHED, members(request, caller));
    }

    private static void requireKey(String key) {
        if (key.isBlank()) {
            throw ApiError.VALIDATION_ERROR.of("Empty key is not allowed");
        }
        if (key.startsWith("$")) {
            throw ApiError.VALIDATION_ERROR.of("A key may not begin with $").with("key", key);
        }
    }

    private static boolean isPath(String key) {
        return key.indexOf('.') >= 0;
    }

    private static List<Bson> members(ContentApi.EditRuntime request, Caller caller) {
        List<Bson> updates = GatedChanges.work(caller, new Date());
        request.addOrUpdate()
                .forEach((key, value) -> updates.add(Updates.set(FIELD + "." + key, MongoValues.of(value))));
        request.remove().stream()
                .distinct()
                .filter(key -> !request.addOrUpdate().containsKey(key))
                .forEach(key -> updates.add(Updates.unset(FIELD + "." + key)));
        return updates;
    }

    private long replace(ContentApi.EditRuntime request, Caller caller) {
        changes.write(request.task(), caller, Gate.UNFINISHED, () -> replaced(request, caller));
        return 1;
    }

    /** Whether nobody else changed the values meanwhile. */
    private boolean replaced(ContentApi.EditRuntime request, Caller caller) {
        Object before =
                changes.require(request.task(), caller, Gate.UNFINISHED, FIELD).get(FIELD);
        Bson unchanged =
                Filters.and(changes.condition(request.task(), caller, Gate.UNFINISHED), Filters.eq(FIELD, before));
        List<Bson> updates = new ArrayList<>(GatedChanges.work(caller, new Date()));
        updates.add(Updates.set(FIELD, after(before, request)));
        return store.update(unchanged, Updates.combine(updates)) > 0;
    }

    private static Document after(@Nullable Object before, ContentApi.EditRuntime request) {
        Document runtime = before instanceof Document document ? new Document(document) : new Document();
        request.remove().forEach(runtime::remove);
        request.addOrUpdate().forEach((key, value) -> runtime.put(key, MongoValues.of(value)));
        return runtime;
    }
}
