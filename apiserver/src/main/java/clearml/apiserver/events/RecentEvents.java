package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Pages of events from the newest to the oldest, also of very many. To sort them by time, Elasticsearch looks at all of
 * them, since nearly each is newer than those before it; among those of a span of time that has enough, it looks at these.
 */
@Component
class RecentEvents {

    /** Fewer are sorted at once sooner than a span is found. */
    private static final long MANY = 50_000;

    /** What clients are told where there are more. */
    private static final long MAX_TOTAL = 10_000;

    private static final List<Duration> SPANS =
            List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(12), Duration.ofDays(6));

    private static final String TIME = "timestamp";
    private static final String NEWEST = "newest";

    private final EventSearch search;
    private final KeyPages pages;

    RecentEvents(EventSearch search, KeyPages pages) {
        this.search = search;
        this.pages = pages;
    }

    /**
     * The scope must be prepared.
     *
     * @param before ms, not included; null for the newest of all
     * @param size how many events, at least
     */
    KeyPages.Page page(EventScope scope, EventQuery query, @Nullable Long before, int size) {
        SearchAnswer counted = search.again(scope, counting(query, before == null));
        Double newest = counted.value(NEWEST);
        long moment = before != null ? before : newest == null ? 0 : newest.longValue();
        boolean slow = counted.total() > MANY && moment > 0 && size > 0;
        EventQuery narrowed = slow ? ofShortestSpan(scope, query, moment, size) : query;
        KeyPages.Position after = before == null ? null : new KeyPages.Position(before, null);
        KeyPages.Page page = pages.page(new KeyPages.Request(scope, narrowed, TIME, "desc", size, after, true));
        return new KeyPages.Page(page.hits(), page.next(), Math.min(counted.total(), MAX_TOTAL));
    }

    private static Map<String, Object> counting(EventQuery query, boolean newest) {
        return Map.of(
                "size",
                0,
                "track_total_hits",
                true,
                "query",
                query.query(),
                "aggs",
                newest ? Map.of(NEWEST, Queries.metric("max", TIME)) : Map.of());
    }

    private EventQuery ofShortestSpan(EventScope scope, EventQuery query, long moment, int size) {
        List<EventQuery> spans =
                SPANS.stream().map(span -> upTo(moment, span, query)).toList();
        List<SearchAnswer> counts = search.searchAll(
                spans.stream().map(span -> scope).toList(),
                spans.stream().map(span -> countingTo(size, span)).toList());
        for (int i = 0; i < spans.size(); i++) {
            if (counts.get(i).total() >= size) {
                return spans.get(i);
            }
        }
        return query;
    }

    private static EventQuery upTo(long moment, Duration span, EventQuery query) {
        return EventQuery.of(query)
                .and(Queries.range(TIME, "gte", moment - span.toMillis()))
                .and(Queries.range(TIME, "lte", moment));
    }

    private static Map<String, Object> countingTo(int enough, EventQuery query) {
        return Map.of("size", 0, "track_total_hits", enough, "query", query.query());
    }
}
