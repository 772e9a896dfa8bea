package clearml.apiserver.events;

import clearml.apiserver.call.Call;
import clearml.apiserver.events.NavigationState.TaskState;
import clearml.apiserver.events.NavigationState.VariantState;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Debug images and plots of tasks, some iterations at a time, towards earlier or later ones. */
@Component
class EventNavigation {

    private static final String ITERATIONS = "iterations";
    private static final String METRICS = "metrics";
    private static final String VARIANTS = "variants";
    private static final String EVENTS = "events";

    private final EventSearch search;
    private final SeriesSearch series;
    private final NavigationStates states;
    private final boolean takesUnknownVariants;

    EventNavigation(EventSearch search, SeriesSearch series, NavigationStates states, EventsSettings settings) {
        this.search = search;
        this.series = series;
        this.states = states;
        this.takesUnknownVariants = settings.takesUnknownVariants();
    }

    /** @param metrics of the task; none for all */
    record Subject(ReadableEntity entity, List<MetricVariants> metrics) {}

    /**
     * @param earlier the direction, unless there is no position yet
     * @param refresh to look again what there is, and start at the newest iteration
     */
    record Request(
            NavigatedEvents kind,
            List<Subject> subjects,
            int iterations,
            boolean earlier,
            boolean refresh,
            @Nullable String scrollId) {

        boolean namesVariants() {
            return subjects.stream()
                    .flatMap(subject -> subject.metrics().stream())
                    .anyMatch(metric -> !metric.variants().isEmpty());
        }
    }

    /** {@code {scroll_id, metrics: [{task, iterations: [{iter, events}]}]}}, the newest iteration first. */
    Map<String, Object> next(Request request) {
        NavigationState before = states.read(NavigationStates.Kind.EVENTS, request.scrollId(), NavigationState.class);
        search.prepare(EventSearch.scope(
                request.subjects().stream().map(Subject::entity).toList(),
                request.kind().type()));
        List<TaskState> tasks = tasks(request, before);
        List<SearchAnswer> answers = search.searchAll(
                request.subjects().stream()
                        .map(subject ->
                                EventScope.of(subject.entity(), request.kind().type()))
                        .toList(),
                tasks.stream().map(task -> page(request, task)).toList());
        List<Map<String, Object>> shown = new ArrayList<>();
        List<TaskState> after = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            TaskState task = tasks.get(i);
            List<Iteration> iterations = iterations(request, task, answers.get(i));
            after.add(moved(task, iterations));
            shown.add(Map.of("task", task.task(), ITERATIONS, iterations));
        }
        NavigationState state = new NavigationState(before == null ? Call.newId() : before.id(), after);
        states.write(NavigationStates.Kind.EVENTS, state.id(), state);
        return Map.of("scroll_id", state.id(), "metrics", shown);
    }

    record Iteration(long iter, List<Map<String, @Nullable Object>> events) {}

    /** Those of before, and new ones for what was not there or shall be looked at again. */
    private List<TaskState> tasks(Request request, @Nullable NavigationState before) {
        List<Subject> unknown = new ArrayList<>();
        Map<String, TaskState> known = new LinkedHashMap<>();
        for (Subject subject : request.subjects()) {
            String id = subject.entity().id();
            TaskState state = before == null || request.refresh() ? null : before.task(id);
            if (state == null) {
                unknown.add(subject);
            } else {
                known.put(id, state);
            }
        }
        List<List<SeriesSearch.Series>> answers = series.ofAll(
                unknown.stream()
                        .map(subject ->
                                EventScope.of(subject.entity(), request.kind().type()))
                        .toList(),
                unknown.stream()
                        .map(subject -> request.kind().query(subject.entity(), subject.metrics()))
                        .toList(),
                request.kind().aggregations());
        for (int i = 0; i < unknown.size(); i++) {
            String id = unknown.get(i).entity().id();
            known.put(id, new TaskState(id, request.kind().metrics(answers.get(i)), null, null));
        }
        return request.subjects().stream()
                .map(subject -> known.getOrDefault(
                        subject.entity().id(), new TaskState(subject.entity().id(), List.of(), null, null)))
                .toList();
    }

    private static Map<String, Object> page(Request request, TaskState task) {
        Long oldest = task.lastMinIter();
        Long newest = task.lastMaxIter();
        boolean earlier = request.earlier() || oldest == null || newest == null;
        EventQuery query = EventQuery.ofTask(task.task()).and(Queries.terms("metric", task.metricNames()));
        request.kind().conditions().forEach(query::and);
        if (oldest != null && newest != null) {
            query.and(earlier ? Queries.range("iter", "lt", oldest) : Queries.range("iter", "gt", newest));
        }
        Map<String, Object> shown =
                Map.of("sort", List.of(Queries.sort(request.kind().preferredBy(), "desc")), "size", 1);
        Map<String, Object> variants = Queries.aggregation(
                "terms",
                Map.of("field", "variant", "size", SeriesSearch.ALL),
                Map.of(EVENTS, Map.of("top_hits", shown)));
        Map<String, Object> metrics = Queries.aggregation(
                "terms", Map.of("field", "metric", "size", SeriesSearch.ALL), Map.of(VARIANTS, variants));
        Map<String, Object> iterations = Map.of(
                "field",
                "iter",
                "size",
                request.iterations(),
                "order",
                Map.of("_key", earlier ? "desc" : "asc"),
                // Only the iterations of the page are looked into.
                "collect_mode",
                "breadth_first");
        return Queries.aggregating(
                query.query(), Map.of(ITERATIONS, Queries.aggregation("terms", iterations, Map.of(METRICS, metrics))));
    }

    private List<Iteration> iterations(Request request, TaskState task, SearchAnswer answer) {
        boolean unknownToo = takesUnknownVariants && !request.namesVariants();
        List<Iteration> iterations = new ArrayList<>();
        for (SearchAnswer.Bucket iteration : answer.buckets(ITERATIONS)) {
            List<Map<String, @Nullable Object>> events = new ArrayList<>();
            for (SearchAnswer.Bucket metric : iteration.buckets(METRICS)) {
                for (SearchAnswer.Bucket variant : metric.buckets(VARIANTS)) {
                    VariantState state = task.variant(metric.key(), variant.key());
                    if (isShown(state, unknownToo, iteration.number())) {
                        variant.sources(EVENTS).forEach(event -> events.add(PlotEncoding.decode(event)));
                    }
                }
            }
            if (!events.isEmpty()) {
                iterations.add(new Iteration(iteration.number(), events));
            }
        }
        iterations.sort(Comparator.comparingLong(Iteration::iter).reversed());
        return iterations;
    }

    private static boolean isShown(@Nullable VariantState variant, boolean unknownToo, long iteration) {
        if (variant == null) {
            return unknownToo;
        }
        Long invalid = variant.lastInvalidIteration();
        return invalid == null || iteration > invalid;
    }

    private static TaskState moved(TaskState task, List<Iteration> iterations) {
        return iterations.isEmpty()
                ? task
                : task.at(
                        iterations.get(iterations.size() - 1).iter(),
                        iterations.get(0).iter());
    }
}
