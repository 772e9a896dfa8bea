package clearml.apiserver.events;

import clearml.apiserver.call.ApiError;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tasks and models the events of one call name. */
final class EventBatch {

    private final Map<String, Boolean> lockedAllowed = new LinkedHashMap<>();
    private final Set<String> tasks = new LinkedHashSet<>();
    private final Set<String> models = new LinkedHashSet<>();

    /** Notes whom an event is about; 400/12 when it contradicts one before it. */
    Event add(Event event) {
        if (event.hasEntity()) {
            note(event);
        }
        return event;
    }

    /** 400/12 when an id is a task's and a model's. */
    private void check() {
        Set<String> both = new LinkedHashSet<>(tasks);
        both.retainAll(models);
        if (!both.isEmpty()) {
            throw ApiError.VALIDATION_ERROR
                    .of("Inconsistent model_event setting in the passed events")
                    .with("tasks", both);
        }
    }

    private void note(Event event) {
        String id = event.entity();
        Boolean before = lockedAllowed.putIfAbsent(id, event.lockedAllowed());
        if (before != null && before != event.lockedAllowed()) {
            throw ApiError.VALIDATION_ERROR.of("Inconsistent allow_locked setting in the passed events for " + id);
        }
        (event.ofModel() ? models : tasks).add(id);
    }

    /** The tasks and models of the company that take events, by id. */
    Map<String, EventEntity> entities(EventEntities store, String company) {
        check();
        Map<String, EventEntity> found = new HashMap<>();
        for (boolean locked : new boolean[] {false, true}) {
            List<String> taskIds = with(tasks, locked);
            if (!taskIds.isEmpty()) {
                store.tasksTakingEvents(taskIds, company, locked).forEach(task -> found.put(task.id(), task));
            }
            List<String> modelIds = with(models, locked);
            if (!modelIds.isEmpty()) {
                store.modelsTakingEvents(modelIds, company, locked).forEach(model -> found.put(model.id(), model));
            }
        }
        return found;
    }

    private List<String> with(Set<String> ids, boolean locked) {
        return ids.stream()
                .filter(id -> lockedAllowed.getOrDefault(id, false) == locked)
                .toList();
    }
}
