package clearml.apiserver.events;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What becomes of the events of one call. */
final class Addition {

    private final Caller caller;
    private final Map<String, EventEntity> entities;
    private final Set<String> metricsWithoutIteration;
    private final Map<String, Integer> errors = new LinkedHashMap<>();
    private final Map<String, EntityTotals> totals = new LinkedHashMap<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private int added;

    /** @param entities those that take events, by id */
    Addition(Caller caller, Map<String, EventEntity> entities, Set<String> metricsWithoutIteration) {
        this.caller = caller;
        this.entities = entities;
        this.metricsWithoutIteration = metricsWithoutIteration;
    }

    Caller caller() {
        return caller;
    }

    /** Ids of those tasks, or models, that take events. */
    Set<String> ids(boolean models) {
        return entities.values().stream()
                .filter(entity -> entity.model() == models)
                .map(EventEntity::id)
                .collect(Collectors.toSet());
    }

    void added(EventType type, Event event) {
        added++;
        totals.computeIfAbsent(event.entity(), id -> new EntityTotals(metricsWithoutIteration))
                .add(type, event);
    }

    void rejected(String text) {
        errors.merge(text, 1, Integer::sum);
    }

    /** What is to be done when everything is stored. */
    void onEnd(Runnable step) {
        atEnd.add(step);
    }

    /** Updates the documents of the tasks and models. */
    void end(EventEntities store) {
        totals.forEach((id, total) -> {
            EventEntity entity = entities.get(id);
            if (entity != null) {
                store.update(entity, total, caller.company(), caller.user());
            }
        });
        atEnd.forEach(Runnable::run);
    }

    AddedEvents answer() {
        if (added == 0) {
            ApiException nothing = ApiError.EVENTS_NOT_ADDED.of();
            errors.forEach(nothing::with);
            throw nothing;
        }
        Integer outOfRange = errors.get(EventNormalizer.ITERATION_TOO_LARGE);
        if (outOfRange != null) {
            throw ApiError.DATA_ERROR.with("err", outOfRange + " document(s) failed to index.");
        }
        return new AddedEvents(
                added, errors.values().stream().mapToInt(Integer::intValue).sum(), errors);
    }
}
