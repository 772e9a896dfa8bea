package clearml.apiserver.events;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.JsonLines;
import clearml.apiserver.store.elastic.BulkItem;
import clearml.apiserver.store.elastic.BulkWriter;
import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.ElasticException;
import clearml.apiserver.store.elastic.UnrefreshedWrites;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final LogIds logIds;
    private final ElasticCluster events;
    private final UnrefreshedWrites unrefreshed;

    EventWriter(
            EventEntities entities,
            EventsSettings settings,
            PlotEncoding plots,
            LogIds logIds,
            ElasticCluster eventsCluster,
            UnrefreshedWrites unrefreshed) {
        this.entities = entities;
        this.settings = settings;
        this.plots = plots;
        this.logIds = logIds;
        this.events = eventsCluster;
        this.unrefreshed = unrefreshed;
    }

    /**
     * Everything is readable when this returns.
     *
     * @param items the events as they were sent; changed here
     * @throws ApiException 400/131 when none could be added, 400/12 when they contradict each other, 503 when Elasticsearch
     *     is away or has too much to do, and the same should be sent again
     */
    AddedEvents add(List<? extends Map<String, @Nullable Object>> items, Caller caller) {
        EventBatch batch = new EventBatch();
        if (items instanceof JsonLines lines) {
            lines.forEach(line -> batch.add(new Event(line)));
            Addition addition = addition(batch, caller);
            lines.parts().forEach(part -> add(part.stream().map(Event::new).toList(), addition));
            return finish(addition);
        }
        List<Event> events =
                items.stream().map(item -> batch.add(new Event(item))).toList();
        Addition addition = addition(batch, caller);
        add(events, addition);
        return finish(addition);
    }

    private Addition addition(EventBatch batch, Caller caller) {
        return new Addition(caller, batch.entities(entities, caller.company()), settings.metricsWithoutIteration());
    }

    private AddedEvents finish(Addition addition) {
        addition.end(entities);
        return addition.answer();
    }

    private void add(List<Event> events, Addition addition) {
        LogIds.OfCall ids = logIds.of(events);
        List<TypedEvent> accepted = accepted(events, addition);
        if (!accepted.isEmpty()) {
            List<BulkItem> items = written(accepted, ids, addition.caller().company());
            addition.onEnd(ids::acknowledge);
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i).done()) {
                    addition.added(accepted.get(i).type(), accepted.get(i).event());
                } else {
                    addition.rejected(NOT_INDEXED);
                }
            }
        }
    }

    private List<TypedEvent> accepted(List<Event> events, Addition addition) {
        EventNormalizer normalizer =
                new EventNormalizer(Instant.now(), addition.caller().worker(), addition.ids(false), addition.ids(true));
        List<TypedEvent> accepted = new ArrayList<>(events.size());
        for (Event event : events) {
            try {
                EventType type = normalizer.normalize(event);
                if (type == EventType.PLOT) {
                    plots.encode(event.fields());
                }
                accepted.add(new TypedEvent(type, event));
            } catch (EventRejected e) {
                addition.rejected(e.text());
            }
        }
        return accepted;
    }

    private List<BulkItem> written(List<TypedEvent> accepted, LogIds.OfCall ids, String company) {
        BulkWriter bulk = new BulkWriter(events);
        Map<EventType, Set<String>> touched = new EnumMap<>(EventType.class);
        for (TypedEvent typed : accepted) {
            EventType type = typed.type();
            Map<String, @Nullable Object> document = typed.event().fields();
            bulk.index(type.index(company), type == EventType.LOG ? ids.next() : EventId.of(document), document);
            touched.computeIfAbsent(type, first -> new LinkedHashSet<>())
                    .add(typed.event().entity());
        }
        List<BulkItem> items = sent(bulk);
        touched.forEach((type, tasks) -> unrefreshed.written(type.index(company), tasks));
        return items;
    }

    private static List<BulkItem> sent(BulkWriter bulk) {
        try {
            return bulk.send();
        } catch (ElasticException e) {
            throw e.temporary() ? ApiError.SERVICE_UNAVAILABLE.of(e.reason()) : e;
        }
    }

    private record TypedEvent(EventType type, Event event) {}
}
