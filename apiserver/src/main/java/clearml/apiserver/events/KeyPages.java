package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Pages of events in the order of a key, that go on by the key's value: a page holds all events of its last value, and may
 * be longer than asked for that. Some more events than the page has are asked for, so that its last value mostly ends among
 * them and one search is enough.
 */
@Component
class KeyPages {

    /** More can't be asked for in one search. */
    private static final int MAX = 10_000;

    /** A page of so many events is read with one more. */
    private static final int PER_EXTRA = 20;

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
        List<Map<String, @Nullable Object>> hits = answer.hits();
        if (hits.isEmpty() || request.size() == 0) {
            return new Page(List.of(), null, answer.total());
        }
        int end = endOfKey(hits, Math.min(request.size(), hits.size()) - 1);
        List<Map<String, @Nullable Object>> page = new ArrayList<>(hits.subList(0, end));
        Long lastKey = keyOf(page.get(end - 1), request.key());
        if (end >= asked(request.size())) {
            complete(request, page, lastKey);
        }
        List<Map<String, @Nullable Object>> events = SearchAnswer.of(page).sources();
        return new Page(events, lastKey, answer.total());
    }

    /** As Elasticsearch compares it, which is a number also where the document has a text; null without one. */
    private static @Nullable Long keyOf(Map<String, @Nullable Object> hit, String key) {
        Object written = SearchAnswer.of(List.of(hit)).sources().get(0).get(key);
        return written != null && hit.get("sort") instanceof List<?> sort && sort.get(0) instanceof Number number
                ? (Long) number.longValue()
                : null;
    }

    /** Where the key of a hit ends, as Elasticsearch compares it: documents may write the same one in different ways. */
    private static int endOfKey(List<Map<String, @Nullable Object>> hits, int position) {
        Object key = hits.get(position).get("sort");
        int end = position + 1;
        while (end < hits.size() && Objects.equals(hits.get(end).get("sort"), key)) {
            end++;
        }
        return end;
    }

    /** With more than Elasticsearch takes, the error is its own. */
    private static int asked(int size) {
        return size > 0 && size < MAX ? Math.min(MAX, size + size / PER_EXTRA + 1) : size;
    }

    private static Map<String, Object> body(Request request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("size", asked(request.size()));
        body.put("query", request.query().query());
        body.put("sort", List.of(Queries.sort(request.key(), request.direction())));
        if (request.from() != null) {
            body.put("search_after", List.of(request.from()));
        }
        return body;
    }

    /** Events without the key come last, together. */
    private void complete(Request request, List<Map<String, @Nullable Object>> hits, @Nullable Long lastKey) {
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
