package clearml.apiserver.events;

import clearml.apiserver.store.mongo.MongoStores;
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

    /** Adds a batch to the statistics of its task or model, in one update. */
    void update(EventEntity entity, EntityTotals totals, String company, String user) {
        Bson filter = Filters.and(Filters.eq("_id", entity.id()), Filters.eq(COMPANY, company));
        Date now = new Date();
        if (!updateWithinLimit(entity, filter, totals, now, user)) {
            Collection<SeriesTotals> allowed = allowed(entity, filter, totals.series());
            collection(entity).updateOne(filter, List.of(update(entity, totals, allowed, now, user)));
        }
    }

    /** False when the new series might be too many; nothing is changed then. */
    private boolean updateWithinLimit(EventEntity entity, Bson filter, EntityTotals totals, Date now, String user) {
        Collection<SeriesTotals> series = totals.series();
        boolean unlimited = maxSeries <= 0 || series.isEmpty();
        if (!unlimited && series.size() > maxSeries) {
            return false;
        }
        Bson withRoom = unlimited
                ? filter
                : Filters.and(filter, Filters.exists(UNIQUE_METRICS + "." + (maxSeries - series.size()), false));
        Document update = update(entity, totals, series, now, user);
        return collection(entity).updateOne(withRoom, List.of(update)).getMatchedCount() > 0 || unlimited;
    }

    private Collection<SeriesTotals> allowed(EventEntity entity, Bson filter, Collection<SeriesTotals> series) {
        Document document = collection(entity)
                .find(filter)
                .projection(Projections.include(UNIQUE_METRICS))
                .first();
        List<String> stored = document == null ? null : document.getList(UNIQUE_METRICS, String.class);
        Set<String> known = stored == null ? Set.of() : new HashSet<>(stored);
        int room = maxSeries - known.size();
        List<SeriesTotals> allowed = new ArrayList<>();
        for (SeriesTotals one : series) {
            if (known.contains(one.name())) {
                allowed.add(one);
            } else if (room > 0) {
                allowed.add(one);
                room--;
            }
        }
        return allowed;
    }

    private static Document update(
            EventEntity entity, EntityTotals totals, Collection<SeriesTotals> series, Date now, String user) {
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
        update.series(series);
        return update.stage();
    }

    private MongoCollection<Document> collection(EventEntity entity) {
        return entity.model() ? models : tasks;
    }
}
