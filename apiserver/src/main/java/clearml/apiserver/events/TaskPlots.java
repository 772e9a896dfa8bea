package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The plots that a task or model shows: the last of every variant. */
@Component
class TaskPlots {

    private static final String LAST = "last";
    private static final int MAX = 10_000;

    private final EventSearch search;
    private final SeriesSearch series;
    private final ScrolledEvents scrolls;

    TaskPlots(EventSearch search, SeriesSearch series, ScrolledEvents scrolls) {
        this.search = search;
        this.series = series;
        this.scrolls = scrolls;
    }

    /**
     * Plots and how many they are, of which those deleted meanwhile are not shown.
     *
     * @param shown read while they are written
     */
    record Found(
            Iterable<Map<String, @Nullable Object>> shown,
            int count,
            long total,
            @Nullable String scrollId) {}

    /** By metric, variant, and the latest iteration first. */
    Found last(ReadableEntity entity, int iterations, List<MetricVariants> metrics) {
        EventQuery query = EventQuery.ofTask(entity.id()).and(valid()).metrics(metrics);
        Map<String, Object> newest = EventDocuments.found(EventType.PLOT);
        newest.put("sort", List.of(Queries.sort("iter", "desc")));
        newest.put("size", iterations);
        EventScope scope = EventScope.of(entity, EventType.PLOT);
        search.prepare(scope);
        List<Map<String, @Nullable Object>> hits = new ArrayList<>();
        for (SeriesSearch.Series one : series.of(scope, query, Map.of(LAST, Map.of("top_hits", newest)))) {
            hits.addAll(one.bucket().hits(LAST));
        }
        return new Found(search.documentsOf(scope, hits), hits.size(), hits.size(), null);
    }

    /** Valid, or never validated. */
    static Map<String, Object> valid() {
        return Queries.any(List.of(Queries.term("valid_plot", true), Queries.not(Queries.exists("valid_plot"))));
    }

    /** One page of the newest plots, thinned out to the last of every variant in it. */
    Found scrolled(ReadableEntity entity, int iterations, @Nullable String scrollId, boolean noScroll) {
        Map<String, Object> body = EventDocuments.found(EventType.PLOT, "metric", "variant");
        body.put("size", MAX);
        body.put("query", EventQuery.ofTask(entity.id()).and(valid()).query());
        body.put("sort", List.of(Queries.sort("iter", "desc")));
        EventScope scope = EventScope.of(entity, EventType.PLOT);
        ScrolledEvents.Page page = scrolls.page(scope, body, scrollId, noScroll);
        var plots = firstOfEachVariant(page.hits(), iterations);
        return new Found(search.documentsOf(scope, plots), plots.size(), page.total(), page.scrollId());
    }

    /** Of hits with the latest iteration first; their order stays. */
    static List<Map<String, @Nullable Object>> firstOfEachVariant(List<Map<String, @Nullable Object>> hits, int count) {
        Map<String, Integer> seen = new HashMap<>();
        List<Map<String, @Nullable Object>> first = new ArrayList<>();
        for (Map<String, @Nullable Object> hit : hits) {
            String variant = String.valueOf(EventDocuments.field(hit, "metric")) + EventDocuments.field(hit, "variant");
            if (seen.merge(variant, 1, Integer::sum) <= count) {
                first.add(hit);
            }
        }
        return first;
    }
}
