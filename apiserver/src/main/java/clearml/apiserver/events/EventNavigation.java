package clearml.apiserver.events;

import clearml.apiserver.call.Call;
import clearml.apiserver.events.NavigationState.TaskState;
import clearml.apiserver.events.NavigationState.VariantState;
import clearml.apiserver.store.elastic.Queries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Debug images and plots of tasks, some iterations at a time, towards earlier or later ones. */
@Component
class EventNavigation {

    private static final String ITERATIONS = "iterations";

    private final EventSearch search;
    private final SeriesSearch series;
    private final IterationEvents events;
    private final NavigationStates states;
    private final boolean takesUnknownVariants;

    EventNavigation(
            EventSearch search,
            SeriesSearch series,
            IterationEvents events,
            NavigationStates states,
            EventsSettings settings) {
        this.search = search;
        this.series = series;
        this.events = events;
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
        List<IterationEvents.Request> pages = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            pages.add(page(request, request.subjects().get(i), tasks.get(i)));
        }
        List<List<IterationEvents.Found>> found = events.of(pages);
        List<Map<String, Object>> shown = new ArrayList<>();
        List<TaskState> after = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            TaskState task = tasks.get(i);
            List<Iteration> iterations = iterations(request, task, found.get(i));
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

    private static IterationEvents.Request page(Request request, Subject subject, TaskState task) {
        Long oldest = task.lastMinIter();
        Long newest = task.lastMaxIter();
        boolean earlier = request.earlier() || oldest == null || newest == null;
        EventQuery query = EventQuery.ofTask(task.task()).and(Queries.terms("metric", task.metricNames()));
        request.kind().conditions().forEach(query::and);
        if (oldest != null && newest != null) {
            query.and(earlier ? Queries.range("iter", "lt", oldest) : Queries.range("iter", "gt", newest));
        }
        return new IterationEvents.Request(
                EventScope.of(subject.entity(), request.kind().type()),
                query,
                request.iterations(),
                earlier ? "desc" : "asc",
                request.kind().preferredBy());
    }

    private List<Iteration> iterations(Request request, TaskState task, List<IterationEvents.Found> found) {
        boolean unknownToo = takesUnknownVariants && !request.namesVariants();
        Map<String, Map<String, VariantState>> variants = task.variants();
        Map<Long, List<Map<String, @Nullable Object>>> shown = new TreeMap<>(Comparator.reverseOrder());
        for (IterationEvents.Found one : found) {
            VariantState state = variants.getOrDefault(one.metric(), Map.of()).get(one.variant());
            if (isShown(state, unknownToo, one.iteration())) {
                shown.computeIfAbsent(one.iteration(), iteration -> new ArrayList<>())
                        .add(PlotEncoding.decode(one.event()));
            }
        }
        return shown.entrySet().stream()
                .map(iteration -> new Iteration(iteration.getKey(), iteration.getValue()))
                .toList();
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
