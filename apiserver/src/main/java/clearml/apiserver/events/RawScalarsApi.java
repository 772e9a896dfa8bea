package clearml.apiserver.events;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every scalar of a metric, as the chart over the whole screen shows it. */
@ApiController
class RawScalarsApi {

    private static final int PAGE = 10_000;

    private final ReadableEntities entities;
    private final EventSearch search;
    private final KeyPages pages;
    private final SignedPositions positions;
    private final EventsSettings settings;

    RawScalarsApi(
            ReadableEntities entities,
            EventSearch search,
            KeyPages pages,
            SignedPositions positions,
            EventsSettings settings) {
        this.entities = entities;
        this.search = search;
        this.pages = pages;
        this.positions = positions;
        this.settings = settings;
    }

    record Request(
            @Field(required = true) String task,
            @Field(required = true) MetricVariants metric,
            @Field(or = "\"iter\"") ScalarKey key,
            @Nullable Integer batchSize,
            boolean countTotal,
            @Nullable String scrollId,
            boolean modelEvents) {}

    /**
     * {@code {returned, total, scroll_id, variants: {variant: {y, <key>}}}}; the total only when asked for. Goes on until
     * {@code returned} is 0; 400/1104 for a scroll id that is not from here.
     */
    @ApiCall(value = "events.scalar_metrics_iter_raw", since = "2.16")
    Map<String, @Nullable Object> raw(Request request, Caller caller) {
        if (request.batchSize() != null && request.batchSize() < 0) {
            throw ApiError.VALIDATION_ERROR.of("batch_size should be non negative number");
        }
        ReadableEntity entity = entities.require(request.task(), request.modelEvents(), caller);
        SignedPositions.Position before = positions.read(request.scrollId());
        Points points = new Points(key(request));
        if (before != null && before.after() == null) {
            return answer(points, before.total(), request.scrollId());
        }
        EventScope scope = EventScope.of(entity, EventType.TRAINING_STATS_SCALAR);
        EventQuery query = EventQuery.ofTask(entity.id()).and(request.metric().condition());
        search.prepare(scope);
        int size = size(request, before);
        KeyPages.Position next = read(scope, query, request, size, before, points);
        Long total = before == null ? null : before.total();
        if (total == null && request.countTotal()) {
            total = search.count(scope, query.query());
        }
        var after = new SignedPositions.Position(next, total, remembered(request, size));
        return answer(points, total, positions.token(after));
    }

    /** Adds to the points and returns where to go on; null at the end. */
    private KeyPages.@Nullable Position read(
            EventScope scope,
            EventQuery query,
            Request request,
            int size,
            SignedPositions.@Nullable Position before,
            Points points) {
        KeyPages.Position next = before == null ? null : before.after();
        int rounds = (size + PAGE - 1) / PAGE;
        for (int round = 0; round < rounds; round++) {
            KeyPages.Page page = pages.page(
                    new KeyPages.Request(scope, query, key(request).field(), "asc", Math.min(size, PAGE), next, false));
            if (page.hits().isEmpty()) {
                return points.count() == 0 ? null : next;
            }
            search.documentsOf(scope, page.hits()).forEach(points::add);
            next = page.next();
            if (next == null) {
                return null;
            }
        }
        return next;
    }

    private int size(Request request, SignedPositions.@Nullable Position before) {
        Integer asked = request.batchSize();
        if (asked == null || asked == 0) {
            Object first = before == null ? null : before.request().get("batch_size");
            asked = first instanceof Number number ? (Integer) number.intValue() : PAGE;
        }
        return Math.min(asked, settings.maxRawScalars());
    }

    private static ScalarKey key(Request request) {
        return request.key() == null ? ScalarKey.ITER : request.key();
    }

    private static String keyName(ScalarKey key) {
        return key.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> remembered(Request request, int size) {
        Map<String, Object> remembered = new LinkedHashMap<>();
        remembered.put("batch_size", size);
        remembered.put("count_total", request.countTotal());
        remembered.put("key", keyName(key(request)));
        remembered.put("metric", request.metric().asMap());
        remembered.put("model_events", request.modelEvents());
        remembered.put("task", request.task());
        return remembered;
    }

    private static Map<String, @Nullable Object> answer(
            Points points, @Nullable Long total, @Nullable String scrollId) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("returned", points.count());
        answer.put("total", total);
        answer.put("scroll_id", scrollId);
        answer.put("variants", points.variants());
        return answer;
    }

    /** What is kept of the events, which take much more. */
    private static final class Points {

        private final ScalarKey key;
        private final Map<String, Map<String, List<@Nullable Object>>> variants = new LinkedHashMap<>();
        private int count;

        Points(ScalarKey key) {
            this.key = key;
        }

        void add(Map<String, @Nullable Object> event) {
            Map<String, List<@Nullable Object>> lists =
                    variants.computeIfAbsent(String.valueOf(event.get("variant")), variant -> new LinkedHashMap<>());
            lists.computeIfAbsent("y", name -> new ArrayList<>()).add(event.get("value"));
            lists.computeIfAbsent(keyName(key), name -> new ArrayList<>()).add(event.get(key.field()));
            count++;
        }

        int count() {
            return count;
        }

        Map<String, Map<String, List<@Nullable Object>>> variants() {
            return variants;
        }
    }
}
