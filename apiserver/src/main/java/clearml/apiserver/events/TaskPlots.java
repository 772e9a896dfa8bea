package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    /** By metric, variant, and the latest iteration first. */
    List<Map<String, @Nullable Object>> last(ReadableEntity entity, int iterations, List<MetricVariants> metrics) {
        EventQuery query = EventQuery.ofTask(entity.id()).and(valid()).metrics(metrics);
        Map<String, Object> newest = Map.of("sort", List.of(Queries.sort("iter", "desc")), "size", iterations);
        EventScope scope = EventScope.of(entity, EventType.PLOT);
        search.prepare(scope);
        List<Map<String, @Nullable Object>> plots = new ArrayList<>();
        for (SeriesSearch.Series one : series.of(scope, query, Map.of(LAST, Map.of("top_hits", newest)))) {
            one.bucket().sources(LAST).forEach(plot -> plots.add(PlotEncoding.decode(plot)));
        }
        return plots;
    }

    /** Valid, or never validated. */
    static Map<String, Object> valid() {
        return Queries.any(List.of(Queries.term("valid_plot", true), Queries.not(Queries.exists("valid_plot"))));
    }

    /** One page of the newest plots, thinned out to the last of every variant in it. */
    ScrolledEvents.Page scrolled(ReadableEntity entity, int iterations, @Nullable String scrollId, boolean noScroll) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("size", MAX);
        body.put("query", EventQuery.ofTask(entity.id()).and(valid()).query());
        body.put("sort", List.of(Queries.sort("iter", "desc")));
        ScrolledEvents.Page page = scrolls.page(EventScope.of(entity, EventType.PLOT), body, scrollId, noScroll);
        List<Map<String, @Nullable Object>> plots = firstOfEachVariant(page.events(), iterations);
        plots.forEach(PlotEncoding::decode);
        return new ScrolledEvents.Page(plots, page.total(), page.scrollId());
    }

    /** Of events with the latest iteration first; their order stays. */
    static List<Map<String, @Nullable Object>> firstOfEachVariant(
            List<Map<String, @Nullable Object>> events, int count) {
        Map<String, Integer> seen = new HashMap<>();
        List<Map<String, @Nullable Object>> first = new ArrayList<>();
        for (Map<String, @Nullable Object> event : events) {
            String variant = String.valueOf(event.get("metric")) + event.get("variant");
            if (seen.merge(variant, 1, Integer::sum) <= count) {
                first.add(event);
            }
        }
        return first;
    }
}
