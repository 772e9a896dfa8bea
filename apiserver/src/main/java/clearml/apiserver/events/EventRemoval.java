package clearml.apiserver.events;

import clearml.apiserver.store.elastic.BulkItem;
import clearml.apiserver.store.elastic.BulkWriter;
import clearml.apiserver.store.elastic.DocumentVersion;
import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.UnrefreshedWrites;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes events out of Elasticsearch, without the reindex module. An event that is written again meanwhile stays: a task that
 * runs again after a reset writes the same ids.
 */
@Component
class EventRemoval {

    private static final int GONE = 404;
    private static final int WRITTEN_AGAIN = 409;

    private final ElasticCluster events;
    private final UnrefreshedWrites unrefreshed;

    EventRemoval(ElasticCluster eventsCluster, UnrefreshedWrites unrefreshed) {
        this.events = eventsCluster;
        this.unrefreshed = unrefreshed;
    }

    /** Decides after each page how to go on. */
    interface Pace {

        /** @return false to stop */
        boolean after(int events);
    }

    /** Removes what the query finds now, as fast as possible: how many they were. */
    int remove(EventScope scope, Map<String, Object> query) {
        Set<String> touched = new HashSet<>();
        int[] removed = {0};
        remove(scope, query, touched, done -> {
            removed[0] += done;
            return true;
        });
        touched.forEach(unrefreshed::refresh);
        return removed[0];
    }

    /** The same at a pace; whether it came to the end. */
    boolean remove(EventScope scope, Map<String, Object> query, Pace pace) {
        return remove(scope, query, new HashSet<>(), pace);
    }

    private boolean remove(EventScope scope, Map<String, Object> query, Set<String> touched, Pace pace) {
        try (EventPages pages = new EventPages(events, scope, query)) {
            List<Map<String, @Nullable Object>> page;
            while (!(page = pages.next()).isEmpty()) {
                page.forEach(hit -> touched.add(String.valueOf(hit.get("_index"))));
                if (!pace.after(remove(page))) {
                    return false;
                }
            }
            return true;
        }
    }

    private int remove(List<Map<String, @Nullable Object>> page) {
        BulkWriter bulk = new BulkWriter(events);
        for (Map<String, @Nullable Object> hit : page) {
            bulk.delete(String.valueOf(hit.get("_index")), String.valueOf(hit.get("_id")), DocumentVersion.of(hit));
        }
        int removed = 0;
        for (BulkItem item : bulk.send()) {
            if (item.done() && item.status() < 300) {
                removed++;
            } else if (item.failure() != null && item.status() != GONE && item.status() != WRITTEN_AGAIN) {
                throw item.failure();
            }
        }
        return removed;
    }
}
