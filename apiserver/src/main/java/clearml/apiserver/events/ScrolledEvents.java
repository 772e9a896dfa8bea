package clearml.apiserver.events;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.store.elastic.ElasticException;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pages that clients go through with a scroll of Elasticsearch: its id is what they see. */
@Component
class ScrolledEvents {

    /** The id of a scroll that has ended. */
    static final String ENDED = "FFFF";

    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    private final EventSearch search;

    ScrolledEvents(EventSearch search) {
        this.search = search;
    }

    /** @param scrollId null without a scroll */
    record Page(
            List<Map<String, @Nullable Object>> hits,
            long total,
            @Nullable String scrollId) {

        /** Where the search asked for documents. */
        List<Map<String, @Nullable Object>> events() {
            return SearchAnswer.of(hits).sources();
        }
    }

    /**
     * The first page, or the one after it.
     *
     * @param scrollId of the page before; null or empty for the first one
     */
    Page page(EventScope scope, Map<String, ?> body, @Nullable String scrollId, boolean noScroll) {
        if (ENDED.equals(scrollId)) {
            return new Page(List.of(), 0, ENDED);
        }
        if (scrollId != null && !scrollId.isEmpty()) {
            return page(next(scrollId));
        }
        if (noScroll) {
            SearchAnswer answer = search.search(scope, body);
            return new Page(answer.hits(), answer.total(), null);
        }
        return page(search.scroll(scope, body));
    }

    private SearchAnswer next(String scrollId) {
        try {
            return search.scroll(scrollId);
        } catch (ElasticException e) {
            if (e.status() == NOT_FOUND || e.status() == BAD_REQUEST) {
                throw ApiError.INVALID_SCROLL_ID.with("scroll_id", scrollId);
            }
            throw e;
        }
    }

    private Page page(SearchAnswer answer) {
        List<Map<String, @Nullable Object>> hits = answer.hits();
        String id = answer.scrollId();
        if (!hits.isEmpty() || id == null) {
            return new Page(hits, answer.total(), id);
        }
        search.clearScrolls(List.of(id));
        return new Page(hits, answer.total(), ENDED);
    }

    /** Whatever the id is, and whatever happens: what isn't there need not be cleared. */
    void clear(String scrollId) {
        if (ENDED.equals(scrollId)) {
            return;
        }
        try {
            search.clearScrolls(List.of(scrollId));
        } catch (ElasticException e) {
            // It expires by itself.
            return;
        }
    }
}
