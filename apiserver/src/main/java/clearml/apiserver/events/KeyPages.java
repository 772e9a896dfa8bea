package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Pages of events in the order of a key, that go on by the key's value: a page holds all events of its last value, and may
 * be longer than asked for that.
 */
@Component
class KeyPages {

    private static final int MAX = 10_000;

    private final EventSearch search;

    KeyPages(EventSearch search) {
        this.search = search;
    }

    /**
     * @param key {@code timestamp} or {@code iter}
     * @param direction {@code asc} or {@code desc}
     * @param from the value to go on after; null to begin
     */
    record Request(
            EventScope scope,
            EventQuery query,
            String key,
            String direction,
            int size,
            @Nullable Long from) {}

    /**
     * @param lastKey the value to go on after; null when there is nothing after it
     * @param total of the whole query, up to 10,000
     */
    record Page(
            List<Map<String, @Nullable Object>> events,
            @Nullable Long lastKey,
            long total) {}

    /** The scope must be prepared. */
    Page page(Request request) {
        SearchAnswer answer = search.again(request.scope(), body(request));
        List<Map<String, @Nullable Object>> hits = new ArrayList<>(answer.hits());
        if (hits.isEmpty()) {
            return new Page(List.of(), null, answer.total());
        }
        Object lastKey = SearchAnswer.of(List.of(hits.get(hits.size() - 1)))
                .sources()
                .get(0)
                .get(request.key());
        if (hits.size() >= request.size()) {
            complete(request, hits, lastKey);
        }
        List<Map<String, @Nullable Object>> events = SearchAnswer.of(hits).sources();
        return new Page(events, lastKey instanceof Number number ? number.longValue() : null, answer.total());
    }

    private static Map<String, Object> body(Request request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("size", request.size());
        body.put("query", request.query().query());
        body.put("sort", List.of(Queries.sort(request.key(), request.direction())));
        if (request.from() != null) {
            body.put("search_after", List.of(request.from()));
        }
        return body;
    }

    /** Events without the key come last, together. */
    private void complete(Request request, List<Map<String, @Nullable Object>> hits, @Nullable Object lastKey) {
        Map<String, Object> sameKey =
                lastKey == null ? Queries.not(Queries.exists(request.key())) : Queries.term(request.key(), lastKey);
        Map<String, Object> body = Map.of(
                "size",
                MAX,
                "track_total_hits",
                false,
                "query",
                Queries.all(request.query().query(), sameKey));
        Set<String> known = new HashSet<>();
        hits.forEach(hit -> known.add(id(hit)));
        for (Map<String, @Nullable Object> hit :
                search.again(request.scope(), body).hits()) {
            if (known.add(id(hit))) {
                hits.add(hit);
            }
        }
    }

    private static String id(Map<String, @Nullable Object> hit) {
        return hit.get("_index") + "/" + hit.get("_id");
    }
}
