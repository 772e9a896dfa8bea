package clearml.apiserver.events;

import clearml.apiserver.store.elastic.BulkWriter;
import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.Search;
import clearml.apiserver.store.elastic.SearchAnswer;
import clearml.apiserver.store.elastic.UnrefreshedWrites;
import clearml.config.ServerConfig;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Deletes the events of tasks and models, of every type. Only what is there at the start is deleted; nothing changes in the
 * documents of the tasks and models.
 */
@Component
public class EventDeletion {

    private static final Logger LOG = LoggerFactory.getLogger(EventDeletion.class);
    private static final int IDS = 100;

    private final ElasticCluster events;
    private final UnrefreshedWrites unrefreshed;
    private final boolean mayBeLater;
    private final long laterFrom;
    private final int laterPerSecond;
    private final ExecutorService later = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "event-deletion");
        thread.setDaemon(true);
        return thread;
    });

    EventDeletion(ElasticCluster eventsCluster, UnrefreshedWrites unrefreshed, ServerConfig config) {
        this.events = eventsCluster;
        this.unrefreshed = unrefreshed;
        this.mayBeLater = config.bool("services.tasks.async_events_delete");
        this.laterFrom = config.longInteger("services.tasks.async_events_delete_threshold");
        this.laterPerSecond = config.integer("services.events.max_async_deleted_events_per_sec");
    }

    /**
     * Deletes all events of tasks or models; they are gone when this returns.
     *
     * @param company the caller's
     * @param ids of tasks and models
     * @return how many were deleted
     */
    public int delete(String company, Collection<String> ids) {
        int deleted = 0;
        for (List<String> chunk : chunks(ids)) {
            deleted += delete(scope(chunk, company), EventQuery.ofTasks(chunk).query(), 0);
        }
        return deleted;
    }

    /** The same where nobody waits for it: very many events are deleted in the background, slowly. */
    public void deleteLater(String company, Collection<String> ids) {
        for (List<String> chunk : chunks(ids)) {
            EventScope scope = scope(chunk, company);
            Map<String, Object> query = EventQuery.ofTasks(chunk).query();
            if (mayBeLater && (chunk.size() >= IDS || isMoreThan(laterFrom, scope, query))) {
                later.execute(() -> deleteSlowly(scope, query));
            } else {
                delete(scope, query, 0);
            }
        }
    }

    private void deleteSlowly(EventScope scope, Map<String, Object> query) {
        try {
            int deleted = delete(scope, query, laterPerSecond);
            LOG.info(
                    "Deleted {} events of {} tasks or models",
                    deleted,
                    scope.tasks().size());
        } catch (RuntimeException e) {
            LOG.error("Events of {} could not be deleted", scope.tasks(), e);
        }
    }

    private boolean isMoreThan(long limit, EventScope scope, Map<String, Object> query) {
        Map<String, Object> body = Map.of("size", 0, "track_total_hits", limit + 1, "query", query);
        return events.search(new Search(scope.index(), body)).total() > limit;
    }

    private static EventScope scope(List<String> ids, String company) {
        return new EventScope(List.of(company), ids, null);
    }

    private static List<List<String>> chunks(Collection<String> ids) {
        List<String> all = ids.stream().distinct().toList();
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += IDS) {
            chunks.add(all.subList(from, Math.min(from + IDS, all.size())));
        }
        return chunks;
    }

    /** @param perSecond the most deletions in a second; 0 for no limit */
    int delete(EventScope scope, Map<String, Object> query, int perSecond) {
        unrefreshed.makeReadable(scope.indices(), scope.tasks());
        Set<String> touched = new HashSet<>();
        int deleted = 0;
        try (EventPages pages = new EventPages(events, scope, query)) {
            List<Map<String, @Nullable Object>> page;
            while (!(page = pages.next()).isEmpty()) {
                BulkWriter bulk = new BulkWriter(events);
                for (Map<String, @Nullable Object> hit : page) {
                    String index = String.valueOf(hit.get("_index"));
                    touched.add(index);
                    bulk.delete(index, String.valueOf(hit.get("_id")));
                }
                deleted += (int) bulk.send().stream()
                        .filter(item -> item.done() && item.status() < 300)
                        .count();
                throttle(page.size(), perSecond);
            }
        }
        touched.forEach(unrefreshed::refresh);
        return deleted;
    }

    private static void throttle(int documents, int perSecond) {
        if (perSecond > 0) {
            try {
                Thread.sleep(1000L * documents / perSecond);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped", e);
            }
        }
    }

    /** The distinct addresses of files that events of tasks or models name: debug images and the sources of plots. */
    public Set<String> urls(String company, Collection<String> ids) {
        Set<String> urls = new LinkedHashSet<>(imageUrls(company, ids));
        urls.addAll(plotUrls(company, ids));
        return urls;
    }

    private Set<String> imageUrls(String company, Collection<String> ids) {
        Set<String> urls = new HashSet<>();
        for (List<String> chunk : chunks(ids)) {
            EventScope scope = new EventScope(List.of(company), chunk, EventType.TRAINING_DEBUG_IMAGE);
            EventQuery query = EventQuery.ofTasks(chunk).and(Queries.exists("url"));
            unrefreshed.makeReadable(scope.indices(), chunk);
            collectUrls(urls, scope, query.query());
        }
        return urls;
    }

    private void collectUrls(Set<String> urls, EventScope scope, Map<String, Object> query) {
        Map<String, Object> composite = new LinkedHashMap<>();
        composite.put("size", 1000);
        composite.put("sources", List.of(Map.of("url", Map.of("terms", Map.of("field", "url")))));
        Object after = null;
        do {
            if (after != null) {
                composite.put("after", after);
            }
            Map<String, Object> body = Queries.aggregating(query, Map.of("urls", Map.of("composite", composite)));
            SearchAnswer answer = events.search(new Search(scope.index(), body));
            for (SearchAnswer.Bucket bucket : answer.buckets("urls")) {
                if (bucket.body().get("key") instanceof Map<?, ?> key) {
                    urls.add(String.valueOf(key.get("url")));
                }
            }
            after = answer.afterKey("urls");
        } while (after != null);
    }

    private Set<String> plotUrls(String company, Collection<String> ids) {
        Set<String> urls = new HashSet<>();
        for (List<String> chunk : chunks(ids)) {
            EventScope scope = new EventScope(List.of(company), chunk, EventType.PLOT);
            EventQuery query = EventQuery.ofTasks(chunk).and(Queries.exists("source_urls"));
            unrefreshed.makeReadable(scope.indices(), chunk);
            try (EventPages pages = new EventPages(events, scope, query.query(), "source_urls")) {
                List<Map<String, @Nullable Object>> page;
                while (!(page = pages.next()).isEmpty()) {
                    SearchAnswer.of(page).sources().forEach(source -> addAll(urls, source.get("source_urls")));
                }
            }
        }
        return urls;
    }

    private static void addAll(Set<String> urls, @Nullable Object value) {
        if (value instanceof List<?> list) {
            list.forEach(url -> urls.add(String.valueOf(url)));
        } else if (value != null) {
            urls.add(value.toString());
        }
    }

    @PreDestroy
    void stop() {
        later.shutdownNow();
    }
}
