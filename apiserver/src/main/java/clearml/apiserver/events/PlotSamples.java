package clearml.apiserver.events;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Call;
import clearml.apiserver.events.PlotSampleState.Metric;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The plots of a metric at an iteration, one after the other, as the viewer of the web UI goes through them. */
@Component
class PlotSamples {

    private static final NavigationStates.Kind KIND = NavigationStates.Kind.PLOT_SAMPLES;
    private static final String ITERATIONS = "iterations";
    private static final String METRICS = "metrics";
    private static final String EVENTS = "events";
    private static final int VARIANTS = 100;
    private static final int MAX_METRICS = 5_000;

    private final EventSearch search;
    private final NavigationStates states;

    PlotSamples(EventSearch search, NavigationStates states) {
        this.search = search;
        this.states = states;
    }

    /**
     * @param iteration the newest one to show; null for any
     * @param currentMetric whether the navigation stays in the metric
     */
    record First(
            ReadableEntity entity,
            String metric,
            @Nullable Long iteration,
            boolean refresh,
            @Nullable String scrollId,
            boolean currentMetric) {}

    /** The plots of a metric at an iteration, or those before it. */
    Map<String, @Nullable Object> first(First request) {
        EventScope scope = EventScope.of(request.entity(), EventType.PLOT);
        search.prepare(scope);
        PlotSampleState state = state(request, scope);
        if (state.find(request.metric()) == null) {
            return shown(state, null);
        }
        EventQuery query = EventQuery.ofTask(state.task()).and(Queries.term("metric", request.metric()));
        if (request.iteration() != null) {
            query.and(Queries.range("iter", "lte", request.iteration()));
        }
        return shown(state, nearest(scope, query, "desc"));
    }

    private PlotSampleState state(First request, EventScope scope) {
        PlotSampleState before = states.read(KIND, request.scrollId(), PlotSampleState.class);
        if (before != null) {
            boolean same = before.task().equals(request.entity().id())
                    && before.navigateCurrentMetric() == request.currentMetric()
                    && (!request.currentMetric() || request.metric().equals(before.metric()));
            if (!same) {
                throw ImageSamples.mismatch(before.id());
            }
            return request.refresh() ? before.with(metrics(request, scope)) : before;
        }
        return new PlotSampleState(
                Call.newId(),
                request.entity().id(),
                request.metric(),
                null,
                metrics(request, scope),
                request.currentMetric());
    }

    private List<Metric> metrics(First request, EventScope scope) {
        EventQuery query = EventQuery.ofTask(request.entity().id()).and(Queries.exists("iter"));
        if (request.currentMetric()) {
            query.and(Queries.term("metric", request.metric()));
        }
        Map<String, Object> extent = Map.of("min", Queries.metric("min", "iter"), "max", Queries.metric("max", "iter"));
        SearchAnswer answer = search.again(
                scope,
                Queries.aggregating(
                        query.query(), Map.of(METRICS, Queries.byTerm("metric", MAX_METRICS, "asc", extent))));
        List<Metric> metrics = new ArrayList<>();
        for (SearchAnswer.Bucket metric : answer.buckets(METRICS)) {
            Double min = metric.value("min");
            Double max = metric.value("max");
            if (min != null && max != null) {
                metrics.add(new Metric(metric.key(), min.longValue(), max.longValue()));
            }
        }
        return metrics;
    }

    /** @param nextIteration whether to leave the iteration even when it has more metrics */
    record Next(ReadableEntity entity, @Nullable String scrollId, boolean earlier, boolean nextIteration) {}

    /** The plots beside those shown; 400/1104 when nothing is shown to the scroll id. */
    Map<String, @Nullable Object> next(Next request) {
        PlotSampleState state = states.read(KIND, request.scrollId(), PlotSampleState.class);
        if (state == null || !state.task().equals(request.entity().id())) {
            throw ApiError.INVALID_SCROLL_ID.with("scroll_id", request.scrollId());
        }
        EventScope scope = EventScope.of(request.entity(), EventType.PLOT);
        search.prepare(scope);
        String metric = state.metric();
        Long iteration = state.iteration();
        if (metric == null || iteration == null) {
            return shown(state, null);
        }
        EventQuery query = EventQuery.ofTask(state.task())
                .and(Queries.terms(
                        "metric",
                        state.metricStates().stream().map(Metric::name).toList()))
                .and(beyond(state.navigateCurrentMetric(), request, metric, iteration));
        return shown(state, nearest(scope, query, request.earlier() ? "desc" : "asc"));
    }

    private static Map<String, Object> beyond(boolean currentMetric, Next request, String metric, long iteration) {
        String relation = request.earlier() ? "lt" : "gt";
        Map<String, Object> otherIteration = Queries.range("iter", relation, iteration);
        if (currentMetric) {
            return Queries.all(Queries.term("metric", metric), otherIteration);
        }
        if (request.nextIteration()) {
            return otherIteration;
        }
        Map<String, Object> otherMetric =
                Queries.all(Queries.term("iter", iteration), Queries.range("metric", relation, metric));
        return Queries.any(List.of(otherMetric, otherIteration));
    }

    private record Found(String metric, long iteration, List<Map<String, @Nullable Object>> events) {}

    private @Nullable Found nearest(EventScope scope, EventQuery query, String direction) {
        Map<String, Object> events = Map.of(
                EVENTS, Map.of("top_hits", Map.of("sort", List.of(Queries.sort("variant", "asc")), "size", VARIANTS)));
        Map<String, Object> metrics = Map.of(METRICS, Queries.byTerm("metric", 1, direction, events));
        SearchAnswer answer = search.again(
                scope,
                Queries.aggregating(query.query(), Map.of(ITERATIONS, Queries.byTerm("iter", 1, direction, metrics))));
        for (SearchAnswer.Bucket iteration : answer.buckets(ITERATIONS)) {
            for (SearchAnswer.Bucket metric : iteration.buckets(METRICS)) {
                return new Found(metric.key(), iteration.number(), metric.sources(EVENTS));
            }
        }
        return null;
    }

    /** Remembers the position; it stays where it was when nothing was found. */
    private Map<String, @Nullable Object> shown(PlotSampleState state, @Nullable Found found) {
        PlotSampleState after = found == null ? state : state.at(found.metric(), found.iteration());
        states.write(KIND, after.id(), after);
        Metric metric = found == null ? null : state.find(found.metric());
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("scroll_id", after.id());
        answer.put(
                "events",
                found == null
                        ? List.of()
                        : found.events().stream().map(PlotEncoding::decode).toList());
        answer.put("min_iteration", metric == null ? null : metric.minIteration());
        answer.put("max_iteration", metric == null ? null : metric.maxIteration());
        return answer;
    }
}
