package clearml.apiserver.events;

import clearml.apiserver.call.BodyRoom;
import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.ElasticException;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.Search;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All events of a query as they are at one moment, page by page. To be closed: Elasticsearch keeps that moment open. */
final class EventPages implements AutoCloseable {

    private static final int MAX_SIZE = 5_000;
    private static final String KEPT = "5m";

    private final ElasticCluster events;
    private final Map<String, Object> query;
    private final Object source;
    private final List<Map<String, Object>> sort;
    private final BodyRoom.Place place;
    private Object pointInTime;
    private @Nullable Object after;
    private int size = MAX_SIZE;

    /** @param source the fields to read; none for only the ids and versions */
    EventPages(ElasticCluster events, EventScope scope, Map<String, Object> query, String... source) {
        this(events, scope, query, source.length == 0 ? (Object) false : List.of(source), List.of());
    }

    /**
     * @param source what {@code _source} takes
     * @param order what to sort by first; nothing for the fastest order
     */
    EventPages(
            ElasticCluster events,
            EventScope scope,
            Map<String, Object> query,
            Object source,
            List<Map<String, Object>> order) {
        this.events = events;
        this.query = query;
        this.source = source;
        this.sort = new ArrayList<>(order);
        sort.add(Queries.sort("_shard_doc", "asc"));
        Map<String, @Nullable Object> opened = events.json(
                "POST", "/" + scope.index() + "/_pit", Map.of("keep_alive", KEPT, "ignore_unavailable", "true"), null);
        this.place = events.room().place();
        this.pointInTime = String.valueOf(opened.get("id"));
    }

    /** The next hits, fewer at a time when they are large; empty at the end. */
    List<Map<String, @Nullable Object>> next() {
        while (true) {
            try {
                return page();
            } catch (ElasticException e) {
                if (!e.tooLarge() || size == 1) {
                    throw e;
                }
                size /= 2;
            }
        }
    }

    private List<Map<String, @Nullable Object>> page() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("size", size);
        body.put("track_total_hits", false);
        body.put("query", query);
        body.put("_source", source);
        body.put("seq_no_primary_term", source.equals(false));
        body.put("sort", sort);
        body.put("pit", Map.of("id", pointInTime, "keep_alive", KEPT));
        if (after != null) {
            body.put("search_after", after);
        }
        SearchAnswer answer = events.search(
                Search.inPointInTime(body), place, size > 1 ? EventSearch.SEVERAL_BYTES : Integer.MAX_VALUE);
        Object renewed = answer.body().get("pit_id");
        pointInTime = renewed == null ? pointInTime : renewed;
        List<Map<String, @Nullable Object>> hits = answer.hits();
        after = hits.isEmpty() ? after : hits.get(hits.size() - 1).get("sort");
        return hits;
    }

    @Override
    public void close() {
        place.close();
        try {
            events.json("DELETE", "/_pit", Map.of("ignore", "404"), Map.of("id", pointInTime));
        } catch (ElasticException e) {
            // It expires by itself.
            return;
        }
    }
}
