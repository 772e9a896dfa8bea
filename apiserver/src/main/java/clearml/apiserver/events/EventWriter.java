package clearml.apiserver.events;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.store.elastic.BulkItem;
import clearml.apiserver.store.elastic.BulkWriter;
import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.UnrefreshedWrites;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Adds events: documents to Elasticsearch, in one bulk for all, and statistics to their tasks and models, in one update for
 * each. An event that can't be stored is counted, the others are stored.
 */
@Component
class EventWriter {

    private static final String NOT_INDEXED = "Error when indexing events batch";

    private final EventEntities entities;
    private final EventsSettings settings;
    private final PlotEncoding plots;
    private final ElasticCluster events;
    private final UnrefreshedWrites unrefreshed;

    EventWriter(
            EventEntities entities,
            EventsSettings settings,
            PlotEncoding plots,
            ElasticCluster eventsCluster,
            UnrefreshedWrites unrefreshed) {
        this.entities = entities;
        this.settings = settings;
        this.plots = plots;
        this.events = eventsCluster;
        this.unrefreshed = unrefreshed;
    }

    /**
     * Everything is readable when this returns.
     *
     * @param items the events as they were sent; changed here
     * @throws ApiException 400/131 when none could be added, 400/12 when they contradict each other
     */
    AddedEvents add(List<? extends Map<String, @Nullable Object>> items, Caller caller) {
        EventBatch batch = new EventBatch(items);
        Map<String, EventEntity> found = batch.entities(entities, caller.company());
        Map<String, Integer> errors = new LinkedHashMap<>();
        List<TypedEvent> accepted = accepted(batch, found, caller, errors);
        List<TypedEvent> written = written(accepted, caller.company(), errors);
        updateStatistics(written, found, caller);
        return answer(written.size(), errors);
    }

    private List<TypedEvent> accepted(
            EventBatch batch, Map<String, EventEntity> found, Caller caller, Map<String, Integer> errors) {
        EventNormalizer normalizer =
                new EventNormalizer(Instant.now(), caller.worker(), ids(found, false), ids(found, true));
        List<TypedEvent> accepted = new ArrayList<>(batch.events().size());
        for (Event event : batch.events()) {
            try {
                EventType type = normalizer.normalize(event);
                if (type == EventType.PLOT) {
                    plots.encode(event.fields());
                }
                accepted.add(new TypedEvent(type, event));
            } catch (EventRejected e) {
                errors.merge(e.text(), 1, Integer::sum);
            }
        }
        return accepted;
    }

    private static Set<String> ids(Map<String, EventEntity> found, boolean models) {
        return found.values().stream()
                .filter(entity -> entity.model() == models)
                .map(EventEntity::id)
                .collect(Collectors.toSet());
    }

    private List<TypedEvent> written(List<TypedEvent> accepted, String company, Map<String, Integer> errors) {
        if (accepted.isEmpty()) {
            return accepted;
        }
        BulkWriter bulk = new BulkWriter(events);
        Map<EventType, Set<String>> touched = new EnumMap<>(EventType.class);
        for (TypedEvent typed : accepted) {
            Map<String, @Nullable Object> document = typed.event().fields();
            bulk.index(typed.type().index(company), EventId.of(typed.type(), document), document);
            touched.computeIfAbsent(typed.type(), type -> new LinkedHashSet<>())
                    .add(typed.event().entity());
        }
        List<BulkItem> items = bulk.send();
        touched.forEach((type, ids) -> unrefreshed.written(type.index(company), ids));
        return done(accepted, items, errors);
    }

    private static List<TypedEvent> done(List<TypedEvent> accepted, List<BulkItem> items, Map<String, Integer> errors) {
        List<TypedEvent> done = new ArrayList<>(accepted.size());
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).done()) {
                done.add(accepted.get(i));
            } else {
                errors.merge(NOT_INDEXED, 1, Integer::sum);
            }
        }
        return done;
    }

    private void updateStatistics(List<TypedEvent> written, Map<String, EventEntity> found, Caller caller) {
        Map<String, EntityTotals> totals = new LinkedHashMap<>();
        for (TypedEvent typed : written) {
            totals.computeIfAbsent(typed.event().entity(), id -> new EntityTotals(settings.metricsWithoutIteration()))
                    .add(typed.type(), typed.event());
        }
        totals.forEach((id, total) -> {
            EventEntity entity = found.get(id);
            if (entity != null) {
                entities.update(entity, total, caller.company(), caller.user());
            }
        });
    }

    private static AddedEvents answer(int added, Map<String, Integer> errors) {
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

    private record TypedEvent(EventType type, Event event) {}
}
