package clearml.apiserver.events;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tasks and models that events belong to: which take events, and the statistics kept in their documents. */
@Component
class EventEntities {

    static final List<String> LOCKED = List.of("publishing", "published");
    private static final String COMPANY = "company";
    private static final String STATUS = "status";
    private static final String UNIQUE_METRICS = "unique_metrics";
    private static final String METRIC_STATS = "metric_stats";

    /** What MongoDB says of a document that an update would make larger than it may be. */
    private static final Set<Integer> TOO_LARGE = Set.of(10334, 17419, 17420);

    /** More metrics are not looked for one by one. */
    private static final int FEW = 50;

    private final MongoCollection<Document> tasks;
    private final MongoCollection<Document> models;
    private final int maxSeries;

    EventEntities(MongoStores stores, EventsSettings settings) {
        this.tasks = stores.backend("task");
        this.models = stores.backend("model");
        this.maxSeries = settings.maxLastMetrics();
    }

    /** Those tasks of the company that take events. */
    List<EventEntity> tasksTakingEvents(Collection<String> ids, String company, boolean lockedAllowed) {
        Bson own = Filters.and(Filters.in("_id", ids), Filters.eq(COMPANY, company));
        Bson filter = lockedAllowed ? own : Filters.and(own, Filters.nin(STATUS, LOCKED));
        List<EventEntity> found = new ArrayList<>();
        tasks.find(filter)
                .projection(Projections.include(STATUS, "started"))
                .forEach(task -> found.add(new EventEntity(task.getString("_id"), false, runningSince(task))));
        return found;
    }

    private static @Nullable Date runningSince(Document task) {
        return "in_progress".equals(task.getString(STATUS)) ? task.getDate("started") : null;
    }

    /** Those models of the company that take events. */
    List<EventEntity> modelsTakingEvents(Collection<String> ids, String company, boolean lockedAllowed) {
        Bson own = Filters.and(Filters.in("_id", ids), Filters.eq(COMPANY, company));
        Bson filter = lockedAllowed ? own : Filters.and(own, Filters.ne("ready", true));
        List<EventEntity> found = new ArrayList<>();
        models.find(filter)
                .projection(Projections.include("_id"))
                .forEach(model -> found.add(new EventEntity(model.getString("_id"), true, null)));
        return found;
    }

    /** Adds a batch to the statistics of its task or model: in one update, unless it is about very many series. */
    void update(EventEntity entity, EntityTotals totals, String company, String user) {
        Bson filter = Filters.and(Filters.eq("_id", entity.id()), Filters.eq(COMPANY, company));
        Date now = new Date();
        for (EntityTotals part : totals.parts()) {
            try {
                add(entity, filter, part, now, user);
            } catch (MongoException e) {
                if (!TOO_LARGE.contains(e.getCode())) {
                    throw e;
                }
                addKnown(entity, filter, part, now, user);
            }
        }
    }

    private void add(EventEntity entity, Bson filter, EntityTotals totals, Date now, String user) {
        Document all = update(entity, totals, now, user);
        if (maxSeries <= 0) {
            collection(entity).updateOne(filter, List.of(all));
        } else if (!hasRoom(totals)
                || collection(entity)
                                .updateOne(Filters.and(filter, room(entity, totals)), List.of(all))
                                .getMatchedCount()
                        == 0) {
            Document some = update(entity, limited(entity, filter, totals, maxSeries), now, user);
            collection(entity).updateOne(filter, List.of(some));
        }
    }

    /** Where the document would become too large for MongoDB it is as with too many series: no new ones are added. */
    private void addKnown(EventEntity entity, Bson filter, EntityTotals totals, Date now, String user) {
        EntityTotals known = limited(entity, filter, totals, 0);
        try {
            collection(entity).updateOne(filter, List.of(update(entity, known, now, user)));
        } catch (MongoException e) {
            if (!TOO_LARGE.contains(e.getCode())) {
                throw e;
            }
            collection(entity).updateOne(filter, List.of(update(entity, totals.withoutSeries(), now, user)));
        }
    }

    private boolean hasRoom(EntityTotals totals) {
        return totals.series().size() <= maxSeries && totals.metrics().size() <= maxSeries;
    }

    /** Whether there is room for all, even if all were new. */
    private Bson room(EventEntity entity, EntityTotals totals) {
        List<Bson> room = new ArrayList<>();
        if (!totals.series().isEmpty()) {
            int rest = maxSeries - totals.series().size();
            room.add(Filters.exists(UNIQUE_METRICS + "." + rest, false));
        }
        Set<String> metrics = totals.metrics();
        if (!entity.model() && !metrics.isEmpty()) {
            room.add(metrics.size() > FEW ? fit(metrics) : Filters.or(known(metrics), fit(metrics)));
        }
        return room.isEmpty() ? Filters.empty() : Filters.and(room);
    }

    /** Looked for first, as it takes much less than counting: mostly a task goes on with the metrics that it has. */
    private static Bson known(Set<String> metrics) {
        return Filters.and(metrics.stream()
                .map(metric -> Filters.exists(METRIC_STATS + "." + Md5.hex(metric)))
                .toList());
    }

    private Bson fit(Set<String> metrics) {
        Document stored =
                new Document("$objectToArray", new Document("$ifNull", List.of("$" + METRIC_STATS, new Document())));
        int rest = maxSeries - metrics.size();
        return Filters.expr(new Document("$lte", List.of(new Document("$size", stored), rest)));
    }

    private EntityTotals limited(EventEntity entity, Bson filter, EntityTotals totals, int max) {
        Document found = collection(entity)
                .find(filter)
                .projection(Projections.include(UNIQUE_METRICS, METRIC_STATS))
                .first();
        Document stored = found == null ? new Document() : found;
        List<String> series = stored.getList(UNIQUE_METRICS, String.class, List.of());
        Set<String> metrics = new HashSet<>();
        stored.get(METRIC_STATS, new Document()).values().forEach(metric -> {
            if (metric instanceof Document document) {
                metrics.add(String.valueOf(document.get("metric")));
            }
        });
        return totals.limited(new HashSet<>(series), metrics, max);
    }

    private static Document update(EventEntity entity, EntityTotals totals, Date now, String user) {
        StatisticsUpdate update = new StatisticsUpdate();
        update.changed(now, user);
        if (entity.runningSince() != null) {
            update.activeDuration(now, entity.runningSince());
        }
        if (totals.lastIteration() != null) {
            update.lastIteration(totals.lastIteration());
        }
        if (!entity.model()) {
            totals.lastTimestamps().forEach((key, timestamp) -> update.lastEvent(key.metric(), key.type(), timestamp));
        }
        update.series(totals.series());
        return update.stage();
    }

    private MongoCollection<Document> collection(EventEntity entity) {
        return entity.model() ? models : tasks;
    }
}
