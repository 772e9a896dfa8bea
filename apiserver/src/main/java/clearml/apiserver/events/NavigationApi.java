package clearml.apiserver.events;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Debug images and plots, iteration by iteration. */
@ApiController
class NavigationApi {

    private static final int PAGE = 500;
    private static final int MAX = 10_000;

    private final ReadableEntities entities;
    private final EventNavigation navigation;
    private final EventSearch search;
    private final LastIterations lastIterations;
    private final ScrolledEvents scrolls;

    NavigationApi(
            ReadableEntities entities,
            EventNavigation navigation,
            EventSearch search,
            LastIterations lastIterations,
            ScrolledEvents scrolls) {
        this.entities = entities;
        this.navigation = navigation;
        this.search = search;
        this.lastIterations = lastIterations;
        this.scrolls = scrolls;
    }

    /** @param metric null for all of the task */
    record TaskMetric(
            @Field(required = true) String task, @Nullable String metric, List<String> variants) {}

    record Request(
            @Field(minItems = 1) List<TaskMetric> metrics,
            @Field(or = "1", min = 1) Integer iters,
            @Field(or = "true") Boolean navigateEarlier,
            boolean refresh,
            @Nullable String scrollId,
            boolean modelEvents) {}

    /** {@code {scroll_id, metrics: [{task, iterations: [{iter, events}]}]}}: images whose file still is theirs. */
    @ApiCall(value = "events.debug_images", since = "2.7")
    Map<String, Object> debugImages(Request request, Caller caller) {
        return navigate(NavigatedEvents.IMAGES, request, caller);
    }

    /** The same for plots. */
    @ApiCall("events.plots")
    Map<String, Object> plots(Request request, Caller caller) {
        return navigate(NavigatedEvents.PLOTS, request, caller);
    }

    private Map<String, Object> navigate(NavigatedEvents kind, Request request, Caller caller) {
        if (request.iters() == null) {
            throw ApiError.VALIDATION_ERROR.of("error for field 'iters': null is not a number");
        }
        Map<String, List<MetricVariants>> asked = new LinkedHashMap<>();
        Set<String> whole = new LinkedHashSet<>();
        for (TaskMetric item : request.metrics()) {
            List<MetricVariants> metrics = asked.computeIfAbsent(item.task(), task -> new ArrayList<>());
            if (item.metric() == null) {
                whole.add(item.task());
            } else {
                metrics.add(new MetricVariants(item.metric(), item.variants()));
            }
        }
        var subjects = entities.requireAll(asked.keySet(), request.modelEvents(), caller).stream()
                .map(entity -> new EventNavigation.Subject(
                        entity, whole.contains(entity.id()) ? List.of() : asked.getOrDefault(entity.id(), List.of())))
                .toList();
        return navigation.next(new EventNavigation.Request(
                kind,
                subjects,
                request.iters(),
                Boolean.TRUE.equals(request.navigateEarlier()),
                request.refresh(),
                request.scrollId()));
    }

    record TaskRequest(
            @Field(required = true) String task,
            @Field(or = "1", min = 1) Integer iters,
            @Nullable String scrollId,
            boolean modelEvents) {}

    /** Before 2.7: {@code {task, images, returned, total, scroll_id}} of the last iterations. */
    @ApiCall(value = "events.debug_images", since = "1.8")
    Map<String, @Nullable Object> lastImages(TaskRequest request, Caller caller) {
        ReadableEntity entity = entities.require(request.task(), request.modelEvents(), caller);
        EventScope scope = EventScope.of(entity, EventType.TRAINING_DEBUG_IMAGE);
        search.prepare(scope);
        Optional<Map<String, Object>> last = lastIterations.condition(scope, iterations(request), false, List.of());
        if (last.isEmpty()) {
            return images(entity, new ScrolledEvents.Page(List.of(), 0, null), List.of());
        }
        ScrolledEvents.Page page = scrolls.page(scope, newest(last.get(), PAGE), request.scrollId(), false);
        return images(entity, page, page.events());
    }

    /** Before 1.8: the last of every variant among the newest 10,000. */
    @ApiCall("events.debug_images")
    Map<String, @Nullable Object> newestImages(TaskRequest request, Caller caller) {
        ReadableEntity entity = entities.require(request.task(), request.modelEvents(), caller);
        EventScope scope = EventScope.of(entity, EventType.TRAINING_DEBUG_IMAGE);
        Map<String, Object> body = newest(EventQuery.ofTask(entity.id()).query(), MAX);
        ScrolledEvents.Page page = scrolls.page(scope, body, request.scrollId(), false);
        return images(
                entity,
                page,
                SearchAnswer.of(TaskPlots.firstOfEachVariant(page.hits(), iterations(request)))
                        .sources());
    }

    private static int iterations(TaskRequest request) {
        return request.iters() == null ? 1 : request.iters();
    }

    private static Map<String, Object> newest(Map<String, Object> query, int size) {
        return Map.of("size", size, "query", query, "sort", List.of(Queries.sort("iter", "desc")));
    }

    private static Map<String, @Nullable Object> images(
            ReadableEntity entity, ScrolledEvents.Page page, List<Map<String, @Nullable Object>> images) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("task", entity.id());
        answer.put("images", images);
        answer.put("returned", images.size());
        answer.put("total", page.total());
        answer.put("scroll_id", page.scrollId());
        return answer;
    }
}
