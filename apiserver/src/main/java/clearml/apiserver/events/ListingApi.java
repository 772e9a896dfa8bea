package clearml.apiserver.events;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.call.RequestBinder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of any type as they are stored. */
@ApiController
class ListingApi {

    private static final int DEFAULT_PAGE = 500;
    private static final int MAX_PAGE = 10_000;

    private final ReadableEntities entities;
    private final EventSearch search;
    private final KeyPages pages;
    private final SignedPositions positions;
    private final ScrolledEvents scrolls;

    ListingApi(
            ReadableEntities entities,
            EventSearch search,
            KeyPages pages,
            SignedPositions positions,
            ScrolledEvents scrolls) {
        this.entities = entities;
        this.search = search;
        this.pages = pages;
        this.positions = positions;
        this.scrolls = scrolls;
    }

    /** @param eventType one of the types, or {@code *} */
    record Request(
            @Field(required = true) String task,
            @Field(or = "\"*\"") String eventType,
            @Field(or = "\"asc\"") LogApi.Order order,
            @Field(or = "500") Integer batchSize,
            @Field(or = "true") Boolean countTotal,
            @Nullable String scrollId,
            List<MetricVariants> metrics,
            @Field(or = "false") Boolean modelEvents) {}

    /** What a listing was asked for at first. */
    record Listing(
            @Nullable String eventType,
            LogApi.@Nullable Order order,
            boolean countTotal,
            List<MetricVariants> metrics) {}

    /** {@code {returned, total, scroll_id, events}} by iteration; the page holds all events of its last iteration. */
    @ApiCall("events.get_task_events")
    Map<String, @Nullable Object> taskEvents(Request request, Caller caller) {
        ReadableEntity entity = entities.require(request.task(), truth(request.modelEvents()), caller);
        SignedPositions.Position before = positions.read(request.scrollId());
        if (before != null && before.after() == null) {
            return answer(List.of(), 0, before.total(), request.scrollId());
        }
        Listing listing = before == null
                ? new Listing(request.eventType(), request.order(), truth(request.countTotal()), request.metrics())
                : RequestBinder.bind(Listing.class, before.request());
        EventScope scope = EventSearch.scope(List.of(entity), type(listing.eventType()));
        EventQuery query = EventQuery.ofTask(entity.id()).metrics(listing.metrics());
        search.prepare(scope);
        KeyPages.Page page = pages.page(new KeyPages.Request(
                scope,
                query,
                "iter",
                listing.order() == LogApi.Order.DESC ? "desc" : "asc",
                size(request.batchSize()),
                before == null ? null : before.after(),
                false));
        Long total = total(scope, query, listing, before);
        var after = new SignedPositions.Position(page.next(), total, remembered(request, listing));
        return answer(search.documentsOf(scope, page.hits()), page.hits().size(), total, positions.token(after));
    }

    private @Nullable Long total(
            EventScope scope, EventQuery query, Listing listing, SignedPositions.@Nullable Position before) {
        if (!listing.countTotal()) {
            return null;
        }
        Long counted = before == null ? null : before.total();
        return counted == null ? (Long) search.count(scope, query.query()) : counted;
    }

    private static Map<String, Object> remembered(Request request, Listing listing) {
        Map<String, Object> remembered = new LinkedHashMap<>();
        remembered.put("batch_size", size(request.batchSize()));
        remembered.put("count_total", listing.countTotal());
        remembered.put("event_type", listing.eventType() == null ? EventType.ALL : listing.eventType());
        remembered.put("metrics", MetricVariants.asMaps(listing.metrics()));
        if (request.modelEvents() != null) {
            remembered.put("model_events", request.modelEvents());
        }
        if (listing.order() != null) {
            remembered.put("order", listing.order() == LogApi.Order.DESC ? "desc" : "asc");
        }
        remembered.put("task", request.task());
        return remembered;
    }

    private static boolean truth(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    private static int size(@Nullable Integer asked) {
        return asked == null ? DEFAULT_PAGE : Math.min(asked, MAX_PAGE);
    }

    /** Null for all types; 400/12 for a name that is none. */
    static @Nullable EventType type(@Nullable String name) {
        if (name == null || name.equals(EventType.ALL)) {
            return null;
        }
        EventType type = EventType.of(name);
        if (type == null) {
            throw ApiError.VALIDATION_ERROR.of("error for field 'event_type': '" + name + "' is not an event type");
        }
        return type;
    }

    private static Map<String, @Nullable Object> answer(
            Iterable<Map<String, @Nullable Object>> events,
            int returned,
            @Nullable Long total,
            @Nullable String scrollId) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("returned", returned);
        answer.put("total", total);
        answer.put("scroll_id", scrollId);
        answer.put("events", events);
        return answer;
    }

    record ScrollRequest(@Field(required = true) String scrollId) {}

    /** Ends a scroll early; unknown ones are none. */
    @ApiCall(value = "events.clear_scroll", since = "2.18")
    Map<String, Object> clearScroll(ScrollRequest request) {
        scrolls.clear(request.scrollId());
        return Map.of();
    }
}
