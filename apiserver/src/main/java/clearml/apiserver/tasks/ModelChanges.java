package clearml.apiserver.tasks;

import clearml.apiserver.call.Caller;
import clearml.apiserver.models.ModelReferences;
import clearml.apiserver.models.ModelTasks;
import clearml.apiserver.tasks.GatedChanges.Gate;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Input and output models of a task. Their order matters: the last output is the one that is published. */
@Component
class ModelChanges {

    private final TaskStore store;
    private final GatedChanges changes;
    private final ModelReferences models;
    private final ModelTasks modelTasks;

    ModelChanges(TaskStore store, GatedChanges changes, ModelReferences models, ModelTasks modelTasks) {
        this.store = store;
        this.changes = changes;
        this.models = models;
        this.modelTasks = modelTasks;
    }

    /** Replaces the first model of that name or appends, whichever is possible when the store is asked. */
    long put(ContentApi.AddModel request, Caller caller) {
        boolean known = isThere(request.model(), caller);
        long updated = write(request, caller);
        if (known && !isThere(request.model(), caller)) {
            // Its deletion may have looked through the tasks before this one had it.
            modelTasks.forget(List.of(request.model()), caller);
        }
        return updated;
    }

    private boolean isThere(String model, Caller caller) {
        return models.missing(List.of(model), caller.company()).isEmpty();
    }

    private long write(ContentApi.AddModel request, Caller caller) {
        Date now = new Date();
        String list = path(request.type());
        Document item = new Document("name", request.name())
                .append("model", request.model())
                .append("updated", now);
        Bson open = changes.condition(request.task(), caller, Gate.UNFINISHED);
        Bson named = Filters.and(open, Filters.eq(list + ".name", request.name()));
        Bson unnamed = Filters.and(open, Filters.ne(list + ".name", request.name()));
        changes.write(
                request.task(),
                caller,
                Gate.UNFINISHED,
                () -> write(named, Updates.set(list + ".$", item), request, caller, now)
                        || write(unnamed, Updates.push(list, item), request, caller, now));
        return 1;
    }

    private boolean write(Bson condition, Bson change, ContentApi.AddModel request, Caller caller, Date now) {
        List<Bson> updates = GatedChanges.work(caller, now);
        updates.add(change);
        if (request.iteration() != null) {
            updates.add(Updates.max("last_iteration", request.iteration()));
        }
        Document before = store.updateAndGetBefore(condition, Updates.combine(updates), "status", "started");
        if (before == null) {
            return false;
        }
        ActiveTime.note(store, changes.condition(request.task(), caller, Gate.UNFINISHED), before, now);
        return true;
    }

    long delete(ContentApi.DeleteModels request, Caller caller) {
        Map<ContentApi.Direction, Set<String>> names = new EnumMap<>(ContentApi.Direction.class);
        request.models()
                .forEach(model -> names.computeIfAbsent(model.type(), type -> new TreeSet<>())
                        .add(model.name()));
        List<Bson> updates = GatedChanges.touch(caller, new Date());
        names.forEach((type, some) ->
                updates.add(Updates.pull(path(type), new Document("name", new Document("$in", List.copyOf(some))))));
        return changes.apply(request.task(), caller, Gate.UNFINISHED, updates);
    }

    private static String path(ContentApi.Direction type) {
        return "models." + type.name().toLowerCase(Locale.ROOT);
    }
}
