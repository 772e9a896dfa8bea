package clearml.apiserver.events;

import clearml.apiserver.call.BodyRoom;
import clearml.apiserver.store.elastic.ElasticException;
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
 * be longer than asked for that; if there are thousands of that value, it may go on among them. Some more events than the
 * page has are asked for, so that its last value mostly ends among them and one search is enough.
 */
@Component
class KeyPages {

    /** A page of so many events is read with one more. */
    private static final int PER_EXTRA = 20;

    private final EventSearch search;

    KeyPages(EventSearch search) {
        this.search = search;
    }

    /**
     * @param key {@code timestamp} or {@code iter}
     * @param direction {@code asc} or {@code desc}
     * @param after where to go on; null to begin
     * @param byKey whether the client can only go on after a key's value: then a page has all events of its last key,
     *     however many there are
     */
    record Request(
            EventScope scope,
            EventQuery query,
            String key,
            String direction,
            int size,
            @Nullable Position after,
            boolean byKey) {

        private Request after(Position position) {
            return new Request(scope, query, key, direction, size, position, byKey);
        }
    }

    /**
     * Where a page goes on.
     *
     * @param key the value to go on after; null among the events without one, which come last
     * @param within where to go on among the events of that key; null after all of them
     */
    record Position(@Nullable Long key, @Nullable List<Object> within) {

        private static @Nullable Position after(@Nullable Long key) {
            return key == null ? null : new Position(key, null);
        }
    }

    /**
     * @param hits with their documents, or without those that may be too large to have them all; see {@link
     *     EventSearch#documentsOf}
     * @param next where to go on; null when there is nothing after it
     * @param total of the whole query, up to 10,000
     */
    record Page(
            List<Map<String, @Nullable Object>> hits,
            @Nullable Position next,
            long total) {}

    /** The scope must be prepared. */
    Page page(Request request) {
        Position after = request.after();
        if (after != null && after.within() != null && request.size() > 0) {
            return within(request, after.key(), after.within());
        }
        SearchAnswer answer = found(request, body(request));
        List<Map<String, @Nullable Object>> hits = answer.hits();
        if (hits.isEmpty() || request.size() == 0) {
            return new Page(List.of(), null, answer.total());
        }
        int end = endOfKey(hits, Math.min(request.size(), hits.size()) - 1);
        List<Map<String, @Nullable Object>> page = new ArrayList<>(hits.subList(0, end));
        Long lastKey = keyOf(page.get(end - 1), request.key());
        Position next = end < asked(request.size()) ? Position.after(lastKey) : complete(request, page, lastKey);
        return new Page(page, next, answer.total());
    }

    /** The rest of a key, or as much as a page has, and then what comes after it. */
    private Page within(Request request, @Nullable Long key, List<Object> within) {
        List<Map<String, @Nullable Object>> rest = sameKey(request, key, within, request.size());
        if (rest.size() == request.size()) {
            return new Page(rest, new Position(key, sortOf(rest)), 0);
        }
        Position next = Position.after(key);
        if (next == null) {
            return new Page(rest, null, 0);
        }
        Page page = page(request.after(next));
        List<Map<String, @Nullable Object>> hits = new ArrayList<>(rest);
        hits.addAll(page.hits());
        return new Page(hits, page.hits().isEmpty() ? next : page.next(), 0);
    }

    /** Plots may be as large as they like, other events mostly are small. */
    private SearchAnswer found(Request request, Map<String, Object> body) {
        EventScope scope = request.scope();
        if (scope.type() != null && scope.type() != EventType.PLOT) {
            BodyRoom.Place place = search.place();
            try {
                return search.documents(scope, body, place, true);
            } catch (ElasticException e) {
                place.close();
                if (!e.tooLarge()) {
                    throw e;
                }
            }
        }
        Map<String, Object> withoutDocuments = new LinkedHashMap<>(body);
        withoutDocuments.putAll(EventDocuments.found(scope.type(), request.key()));
        return search.documents(scope, withoutDocuments, search.place(), false);
    }

    /** As Elasticsearch compares it, which is a number also where the document has a text; null without one. */
    private static @Nullable Long keyOf(Map<String, @Nullable Object> hit, String key) {
        return EventDocuments.field(hit, key) != null
                        && hit.get("sort") instanceof List<?> sort
                        && sort.get(0) instanceof Number number
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
        return size > 0 && size < EventSearch.MOST_HITS
                ? Math.min(EventSearch.MOST_HITS, size + size / PER_EXTRA + 1)
                : size;
    }

    private static Map<String, Object> body(Request request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("size", asked(request.size()));
        body.put("query", request.query().query());
        body.put("sort", List.of(Queries.sort(request.key(), request.direction())));
        Position after = request.after();
        if (after != null && after.key() != null) {
            body.put("search_after", List.of(after.key()));
        }
        return body;
    }

    /**
     * Has the page end with all events of its last key. When these are more than a search finds, they come in an order in
     * which one can go on.
     */
    private @Nullable Position complete(
            Request request, List<Map<String, @Nullable Object>> page, @Nullable Long lastKey) {
        List<Map<String, @Nullable Object>> same = sameKey(request, lastKey, null, EventSearch.MOST_HITS);
        if (same.size() < EventSearch.MOST_HITS) {
            Set<String> known = new HashSet<>();
            page.forEach(hit -> known.add(SearchAnswer.id(hit)));
            same.stream().filter(hit -> known.add(SearchAnswer.id(hit))).forEach(page::add);
            return Position.after(lastKey);
        }
        page.removeIf(hit -> Objects.equals(keyOf(hit, request.key()), lastKey));
        page.addAll(same);
        while (request.byKey() && same.size() == EventSearch.MOST_HITS) {
            same = sameKey(request, lastKey, sortOf(same), EventSearch.MOST_HITS);
            page.addAll(same);
        }
        return same.size() == EventSearch.MOST_HITS ? new Position(lastKey, sortOf(same)) : Position.after(lastKey);
    }

    /** The events of one key, or those without one, in the order in which they were written. */
    private List<Map<String, @Nullable Object>> sameKey(
            Request request, @Nullable Long key, @Nullable List<Object> after, int size) {
        Map<String, Object> sameKey =
                key == null ? Queries.not(Queries.exists(request.key())) : Queries.term(request.key(), key);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("size", size);
        body.put("track_total_hits", false);
        body.put("query", Queries.all(request.query().query(), sameKey));
        body.put("sort", List.of(Queries.sort("_seq_no", "asc"), Queries.sort("_index", "asc")));
        if (after != null) {
            body.put("search_after", after);
        }
        return found(request, body).hits();
    }

    @SuppressWarnings("unchecked")
    private static List<Object> sortOf(List<Map<String, @Nullable Object>> hits) {
        return (List<Object>) Objects.requireNonNull(hits.get(hits.size() - 1).get("sort"));
    }
}
