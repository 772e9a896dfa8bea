package clearml.apiserver.events;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.call.FileAnswer;
import clearml.apiserver.call.PythonText;
import clearml.apiserver.store.elastic.Queries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The console log of tasks. */
@ApiController
class LogApi {

    private static final int MAX_PAGE = 10_000;

    private final ReadableEntities entities;
    private final EventSearch search;
    private final KeyPages pages;
    private final RecentEvents recent;
    private final ScrolledEvents scrolls;
    private final LogDownload download;

    LogApi(
            ReadableEntities entities,
            EventSearch search,
            KeyPages pages,
            RecentEvents recent,
            ScrolledEvents scrolls,
            LogDownload download) {
        this.entities = entities;
        this.search = search;
        this.pages = pages;
        this.recent = recent;
        this.scrolls = scrolls;
        this.download = download;
    }

    /** The order of events. */
    enum Order {
        ASC,
        DESC
    }

    /**
     * @param navigateEarlier from the end (or {@code from_timestamp}) backwards
     * @param fromTimestamp ms, not included
     */
    record Request(
            @Field(required = true) String task,
            @Field(or = "5000") Integer batchSize,
            @Field(or = "true") Boolean navigateEarlier,
            @Nullable Long fromTimestamp,
            @Nullable Order order,
            List<MetricVariants> metrics) {}

    /** {@code {events, returned, total}}: a page with all lines of its last timestamp. */
    @ApiCall(value = "events.get_task_log", since = "2.9")
    Map<String, Object> log(Request request, Caller caller) {
        ReadableEntity entity = entities.require(request.task(), false, caller);
        EventScope scope = EventScope.of(entity, EventType.LOG);
        boolean earlier = Boolean.TRUE.equals(request.navigateEarlier());
        Long from = request.fromTimestamp() == null || request.fromTimestamp() == 0 ? null : request.fromTimestamp();
        int size = request.batchSize() == null ? 5000 : request.batchSize();
        EventQuery query = EventQuery.ofTask(entity.id()).metrics(request.metrics());
        search.prepare(scope);
        KeyPages.Page page = earlier
                ? recent.page(scope, query, from, size)
                : pages.page(new KeyPages.Request(
                        scope,
                        query,
                        "timestamp",
                        "asc",
                        size,
                        from == null ? null : new KeyPages.Position(from, null),
                        true));
        List<Map<String, @Nullable Object>> hits = new ArrayList<>(page.hits());
        if (request.order() == (earlier ? Order.ASC : Order.DESC)) {
            Collections.reverse(hits);
        }
        return Map.of("events", search.documentsOf(scope, hits), "returned", hits.size(), "total", page.total());
    }

    /** Where to begin: the oldest line or the newest. */
    enum From {
        HEAD,
        TAIL
    }

    record ScrollRequest(
            @Field(required = true) String task,
            @Field(or = "500") Integer batchSize,
            @Field(or = "\"desc\"") Order order,
            @Field(or = "\"head\"") From from,
            @Nullable String scrollId) {}

    /** Before 2.9: {@code {events, returned, total, scroll_id}}, from the head or the tail. */
    @ApiCall(value = "events.get_task_log", since = "1.7")
    Map<String, @Nullable Object> logFrom(ScrollRequest request, Caller caller) {
        Order scanned = request.from() == From.TAIL ? Order.DESC : Order.ASC;
        return scrolled(request, caller, scanned, request.order() != scanned);
    }

    /** Before 1.7: the same in the order asked for. */
    @ApiCall("events.get_task_log")
    Map<String, @Nullable Object> logScrolled(ScrollRequest request, Caller caller) {
        return scrolled(request, caller, request.order() == Order.ASC ? Order.ASC : Order.DESC, false);
    }

    private Map<String, @Nullable Object> scrolled(
            ScrollRequest request, Caller caller, Order scanned, boolean reversed) {
        ReadableEntity entity = entities.require(request.task(), false, caller);
        Map<String, Object> body = Map.of(
                "size", Math.min(request.batchSize() == null ? 500 : request.batchSize(), MAX_PAGE),
                "query", EventQuery.ofTask(entity.id()).query(),
                "sort", List.of(Queries.sort("timestamp", scanned == Order.ASC ? "asc" : "desc")));
        ScrolledEvents.Page page = scrolls.page(EventScope.of(entity, EventType.LOG), body, request.scrollId(), false);
        List<Map<String, @Nullable Object>> events = new ArrayList<>(page.events());
        if (reversed) {
            Collections.reverse(events);
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("events", events);
        answer.put("returned", events.size());
        answer.put("total", page.total());
        answer.put("scroll_id", page.scrollId());
        return answer;
    }

    /**
     * @param lineType {@code json}, anything else means text
     * @param lineFormat of text, with the placeholders of {@link LineFormat}
     */
    record DownloadRequest(
            @Field(required = true) String task,
            @Field(or = "\"json\"") Object lineType,

            @Field(or = "\"{asctime} {worker} {level} {msg}\"") @Nullable
            Object lineFormat) {}

    /** The whole log as a file; 400/16 for a format that can't be filled. */
    @ApiCall("events.download_task_log")
    FileAnswer download(DownloadRequest request, Caller caller) {
        ReadableEntity entity = entities.require(request.task(), false, caller);
        LogDownload.Lines lines = "json".equals(request.lineType())
                ? LogDownload.json()
                : LogDownload.text(
                        LineFormat.parse(request.lineFormat() == null ? "" : PythonText.str(request.lineFormat())));
        return download.of(entity, lines);
    }
}
