package clearml.apiserver.events;

import clearml.apiserver.store.elastic.BulkWriter;
import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.ElasticException;
import clearml.apiserver.store.elastic.UnrefreshedWrites;
import java.util.ArrayList;
import java.util.Collection;
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
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Deletes the events of tasks and models, and says which files they name. Found by searches and deleted one by one in
 * bulk, as not every Elasticsearch has delete by query.
 */
@Component
public class EventDeletion implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(EventDeletion.class);
    private static final int PAGE = 5_000;
    private static final int IDS_AT_ONCE = 100;

    private final ElasticCluster events;
    private final UnrefreshedWrites unrefreshed;
    private final ExecutorService background = Executors.newSingleThreadExecutor(run -> {
        Thread thread = new Thread(run, "event-deletion");
        thread.setDaemon(true);
        return thread;
    });

    EventDeletion(ElasticCluster eventsCluster, UnrefreshedWrites unrefreshed) {
        this.events = eventsCluster;
        this.unrefreshed = unrefreshed;
    }

    /** Deletes all events of tasks or models of a company; none can be found when this returns. */
    public void delete(String company, Collection<String> ids) {
        Set<String> touched = new LinkedHashSet<>();
        for (List<String> some : parts(ids)) {
            List<String> indices = EventType.allIndices(company);
            unrefreshed.makeReadable(indices, some);
            delete(String.join(",", indices), some, touched);
        }
        touched.forEach(unrefreshed::refresh);
    }

    /** The same later; a failure is only logged. */
    public void deleteLater(String company, Collection<String> ids) {
        List<String> all = List.copyOf(ids);
        background.execute(() -> {
            try {
                delete(company, all);
            } catch (ElasticException e) {
                LOG.error("The events of deleted tasks remain: {}", all, e);
            }
        });
    }

    private void delete(String index, List<String> ids, Set<String> touched) {
        pages(index, Map.of("terms", Map.of("task", ids)), false, hits -> {
            BulkWriter bulk = new BulkWriter(events);
            for (Map<?, ?> hit : hits) {
                String where = String.valueOf(hit.get("_index"));
                bulk.delete(where, String.valueOf(hit.get("_id")));
                touched.add(where);
            }
            bulk.send();
        });
    }

    /** The files that events of tasks or models name: debug images and the sources of plots. */
    public Set<String> urls(String company, Collection<String> ids) {
        Set<String> urls = new LinkedHashSet<>();
        for (List<String> some : parts(ids)) {
            String images = EventType.TRAINING_DEBUG_IMAGE.index(company);
            String plots = EventType.PLOT.index(company);
            unrefreshed.makeReadable(List.of(images, plots), some);
            collect(images, some, "url", urls);
            collect(plots, some, "source_urls", urls);
        }
        return urls;
    }

    private void collect(String index, List<String> ids, String field, Set<String> urls) {
        Map<String, Object> query = Map.of(
                "bool",
                Map.of(
                        "filter",
                        List.of(Map.of("terms", Map.of("task", ids)), Map.of("exists", Map.of("field", field)))));
        pages(index, query, List.of(field), hits -> {
            for (Map<?, ?> hit : hits) {
                Object value = hit.get("_source") instanceof Map<?, ?> source ? source.get(field) : null;
                if (value instanceof Collection<?> several) {
                    several.forEach(url -> urls.add(String.valueOf(url)));
                } else if (value != null) {
                    urls.add(value.toString());
                }
            }
        });
    }

    /** What is done with a page of hits. */
    private interface Pages {
        void take(List<Map<?, ?>> hits);
    }

    /** All documents as they are now, whatever becomes of them meanwhile. */
    private void pages(String index, Map<String, ?> query, Object source, Pages pages) {
        Object pit = events.json(
                        "POST", "/" + index + "/_pit", Map.of("keep_alive", "5m", "ignore_unavailable", "true"), null)
                .get("id");
        try {
            List<Map<?, ?>> hits = List.of();
            do {
                hits = hits(events.json("POST", "/_search", body(query, source, pit, hits)));
                if (!hits.isEmpty()) {
                    pages.take(hits);
                }
            } while (hits.size() == PAGE);
        } finally {
            events.json("DELETE", "/_pit", Map.of("ignore", "404"), Map.of("id", String.valueOf(pit)));
        }
    }

    private static Map<String, Object> body(
            Map<String, ?> query, Object source, @Nullable Object pit, List<Map<?, ?>> before) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", query);
        body.put("size", PAGE);
        body.put("_source", source);
        body.put("sort", List.of("_shard_doc"));
        body.put("track_total_hits", false);
        body.put("pit", Map.of("id", String.valueOf(pit), "keep_alive", "5m"));
        if (!before.isEmpty() && before.get(before.size() - 1).get("sort") instanceof List<?> last) {
            body.put("search_after", last);
        }
        return body;
    }

    private static List<Map<?, ?>> hits(Map<String, @Nullable Object> answer) {
        List<Map<?, ?>> hits = new ArrayList<>();
        if (answer.get("hits") instanceof Map<?, ?> outer && outer.get("hits") instanceof List<?> items) {
            items.forEach(item -> hits.add((Map<?, ?>) item));
        }
        return hits;
    }

    private static List<List<String>> parts(Collection<String> ids) {
        List<String> all = List.copyOf(ids);
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
            parts.add(all.subList(from, Math.min(all.size(), from + IDS_AT_ONCE)));
        }
        return parts;
    }

    @Override
    public void destroy() {
        background.shutdown();
    }
}
