package clearml.apiserver.events;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Call;
import clearml.apiserver.events.ImageSampleState.Variant;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Debug images one by one, as the viewer of the web UI goes through them. */
@Component
class ImageSamples {

    private static final NavigationStates.Kind KIND = NavigationStates.Kind.IMAGE_SAMPLES;
    private static final String URLS = "urls";
    private static final String LAST = "last";

    /** Elasticsearch takes some thousand clauses in a query, at least 1,024; a condition has three. */
    private static final int CONDITIONS = 300;

    private static final Map<String, Object> SHOWN = Queries.exists("url");

    private final EventSearch search;
    private final SeriesSearch series;
    private final NavigationStates states;

    ImageSamples(EventSearch search, SeriesSearch series, NavigationStates states) {
        this.search = search;
        this.series = series;
        this.states = states;
    }

    /**
     * @param iteration the newest one to show; null for any
     * @param currentMetric whether the navigation stays in the metric
     */
    record First(
            ReadableEntity entity,
            String metric,
            String variant,
            @Nullable Long iteration,
            boolean refresh,
            @Nullable String scrollId,
            boolean currentMetric) {}

    /** The image of a variant at an iteration, or the one before it. */
    Map<String, @Nullable Object> first(First request) {
        EventScope scope = scope(request.entity());
        search.prepare(scope);
        ImageSampleState state = state(request, scope);
        Variant variant = state.find(request.metric(), request.variant());
        Map<String, @Nullable Object> event = null;
        if (variant != null) {
            EventQuery query = EventQuery.ofTask(state.task())
                    .and(SHOWN)
                    .and(new Intact(variant.metric(), variant.minIteration()).condition(List.of(variant.name())));
            if (request.iteration() != null) {
                query.and(Queries.range("iter", "lte", request.iteration()));
            }
            event = firstOf(scope, List.of(query), true);
        }
        return shown(state, event);
    }

    private ImageSampleState state(First request, EventScope scope) {
        ImageSampleState before = states.read(KIND, request.scrollId(), ImageSampleState.class);
        if (before != null) {
            boolean same = before.task().equals(request.entity().id())
                    && before.navigateCurrentMetric() == request.currentMetric()
                    && (!request.currentMetric() || request.metric().equals(before.metric()));
            if (!same) {
                throw mismatch(before.id());
            }
            return request.refresh() ? before.with(variants(request, scope)) : before;
        }
        return new ImageSampleState(
                Call.newId(),
                request.entity().id(),
                request.metric(),
                request.variant(),
                null,
                variants(request, scope),
                request.currentMetric());
    }

    static ApiException mismatch(String scrollId) {
        return ApiError.INVALID_SCROLL_ID
                .of("Task and metric stored in the state do not match the passed ones")
                .with("scroll_id", scrollId);
    }

    private List<Variant> variants(First request, EventScope scope) {
        Map<String, Object> oldestUrl = Map.of("field", "url", "size", 1, "order", Map.of(LAST, "asc"));
        Map<String, Object> last = Map.of(LAST, Queries.metric("max", "iter"));
        Map<String, Object> below =
                Map.of(LAST, Queries.metric("max", "iter"), URLS, Queries.aggregation("terms", oldestUrl, last));
        EventQuery query = EventQuery.ofTask(request.entity().id()).and(SHOWN).and(Queries.exists("iter"));
        if (request.currentMetric()) {
            query.and(Queries.term("metric", request.metric()));
        }
        List<Variant> variants = new ArrayList<>();
        for (SeriesSearch.Series one : series.of(scope, query, below)) {
            Double max = one.bucket().value(LAST);
            List<SearchAnswer.Bucket> urls = one.bucket().buckets(URLS);
            Double min = urls.isEmpty() ? null : urls.get(0).value(LAST);
            if (max != null && min != null) {
                variants.add(new Variant(one.variant(), one.metric(), min.longValue(), max.longValue()));
            }
        }
        return variants;
    }

    /** @param nextIteration whether to leave the iteration even when it has more images */
    record Next(ReadableEntity entity, @Nullable String scrollId, boolean earlier, boolean nextIteration) {}

    /** The image beside the one shown; 400/1104 when nothing is shown to the scroll id. */
    Map<String, @Nullable Object> next(Next request) {
        ImageSampleState state = states.read(KIND, request.scrollId(), ImageSampleState.class);
        if (state == null || !state.task().equals(request.entity().id())) {
            throw ApiError.INVALID_SCROLL_ID.with("scroll_id", request.scrollId());
        }
        EventScope scope = scope(request.entity());
        search.prepare(scope);
        String metric = state.metric();
        String variant = state.variant();
        Long iteration = state.iteration();
        Map<String, @Nullable Object> event = null;
        if (metric != null && variant != null && iteration != null) {
            List<Variant> candidates = state.variantStates().stream()
                    .filter(one ->
                            !state.navigateCurrentMetric() || one.metric().equals(metric))
                    .toList();
            if (!request.nextIteration()) {
                event = inIteration(scope, state.task(), candidates, metric, variant, iteration, request.earlier());
            }
            event = event == null ? beyond(scope, state.task(), candidates, iteration, request.earlier()) : event;
        }
        return shown(state, event);
    }

    private @Nullable Map<String, @Nullable Object> inIteration(
            EventScope scope,
            String task,
            List<Variant> candidates,
            String metric,
            String variant,
            long iteration,
            boolean earlier) {
        List<Variant> beside = candidates.stream()
                .filter(one -> one.minIteration() <= iteration)
                .filter(one -> earlier ? one.compareTo(metric, variant) < 0 : one.compareTo(metric, variant) > 0)
                .toList();
        return firstOf(scope, task, Queries.term("iter", iteration), beside, earlier);
    }

    private @Nullable Map<String, @Nullable Object> beyond(
            EventScope scope, String task, List<Variant> candidates, long iteration, boolean earlier) {
        List<Variant> there = candidates.stream()
                .filter(one -> !earlier || one.minIteration() < iteration)
                .toList();
        return firstOf(scope, task, Queries.range("iter", earlier ? "lt" : "gt", iteration), there, earlier);
    }

    /** The nearest image of the variants, one condition for all that are there from the same iteration on. */
    private @Nullable Map<String, @Nullable Object> firstOf(
            EventScope scope, String task, Map<String, Object> where, List<Variant> variants, boolean earlier) {
        Map<Intact, List<String>> names = new LinkedHashMap<>();
        variants.forEach(
                one -> names.computeIfAbsent(new Intact(one.metric(), one.minIteration()), intact -> new ArrayList<>())
                        .add(one.name()));
        List<Map<String, Object>> intact = new ArrayList<>();
        names.forEach((group, ofGroup) -> intact.add(group.condition(ofGroup)));
        List<EventQuery> queries = new ArrayList<>();
        for (int from = 0; from < intact.size(); from += CONDITIONS) {
            List<Map<String, Object>> some = intact.subList(from, Math.min(from + CONDITIONS, intact.size()));
            queries.add(EventQuery.ofTask(task).and(SHOWN).and(where).and(Queries.any(some)));
        }
        return firstOf(scope, queries, earlier);
    }

    /** Variants of a metric whose images are there from an iteration on. */
    private record Intact(String metric, long minIteration) {

        Map<String, Object> condition(List<String> variants) {
            return Queries.all(
                    Queries.term("metric", metric),
                    Queries.terms("variant", variants),
                    Queries.range("iter", "gte", minIteration));
        }
    }

    /** The first of what the queries find, which have no variant in common. */
    private @Nullable Map<String, @Nullable Object> firstOf(
            EventScope scope, List<EventQuery> queries, boolean earlier) {
        String direction = earlier ? "desc" : "asc";
        List<Map<String, Object>> sort = List.of(
                Queries.sort("iter", direction),
                Queries.sort("metric", direction),
                Queries.sort("variant", direction),
                Queries.sort("url", "desc"));
        List<Map<String, Object>> bodies = queries.stream()
                .map(query -> Map.of("size", 1, "track_total_hits", false, "query", query.query(), "sort", sort))
                .toList();
        Map<String, @Nullable Object> first = null;
        for (SearchAnswer answer : search.searchAll(Collections.nCopies(bodies.size(), scope), bodies)) {
            for (Map<String, @Nullable Object> event : answer.sources()) {
                int order = first == null ? 0 : compare(event, first);
                first = first == null || (earlier ? order > 0 : order < 0) ? event : first;
            }
        }
        return first;
    }

    private static int compare(Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
        int byIteration = Long.compare(iteration(one), iteration(other));
        int byMetric = byIteration == 0 ? compare("metric", one, other) : byIteration;
        return byMetric == 0 ? compare("variant", one, other) : byMetric;
    }

    private static int compare(String field, Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
        return TextOrder.compare(String.valueOf(one.get(field)), String.valueOf(other.get(field)));
    }

    private static long iteration(Map<String, @Nullable Object> event) {
        return event.get("iter") instanceof Number number ? number.longValue() : 0;
    }

    /** Remembers the position; it stays where it was when nothing was found. */
    private Map<String, @Nullable Object> shown(ImageSampleState state, @Nullable Map<String, @Nullable Object> event) {
        Variant variant = event == null ? null : state.find(event.get("metric"), event.get("variant"));
        ImageSampleState after = state;
        if (event != null && variant != null && event.get("iter") instanceof Number iteration) {
            after = state.at(variant.metric(), variant.name(), iteration.longValue());
        }
        states.write(KIND, after.id(), after);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("scroll_id", after.id());
        answer.put("event", event);
        answer.put("min_iteration", variant == null ? null : variant.minIteration());
        answer.put("max_iteration", variant == null ? null : variant.maxIteration());
        return answer;
    }

    private static EventScope scope(ReadableEntity entity) {
        return EventScope.of(entity, EventType.TRAINING_DEBUG_IMAGE);
    }
}
