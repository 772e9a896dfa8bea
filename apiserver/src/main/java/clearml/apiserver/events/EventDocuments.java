package clearml.apiserver.events;

import clearml.apiserver.call.BodyRoom;
import clearml.apiserver.store.elastic.ElasticException;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documents of events that were found without them: they are read while they are written into the answer, some at a
 * time, since all of them may be more than there is memory for. To be gone through in order, once. What was deleted
 * meanwhile is left out.
 */
final class EventDocuments implements Iterable<Map<String, @Nullable Object>> {

    /** What is read at a time, unless one event alone is larger. */
    private static final int PART_BYTES = 2 * 1024 * 1024;

    private static final int PART_EVENTS = 1_000;

    /** What a document has beside the text of its plot. */
    private static final int SMALL_BYTES = 1_024;

    /** What is thought of one that doesn't say its size. */
    private static final int UNKNOWN_BYTES = 16 * 1_024;

    private static final String LENGTH = "plot_len";

    private final EventSearch search;
    private final EventScope scope;
    private final List<Map<String, @Nullable Object>> hits;
    private final BodyRoom.Place place;
    private final Map<String, Map<String, @Nullable Object>> part = new HashMap<>();
    private int read;
    private int mostAtOnce = PART_EVENTS;

    /** @param hits of a search that asked for {@link #found} */
    EventDocuments(EventSearch search, EventScope scope, List<Map<String, @Nullable Object>> hits) {
        this.search = search;
        this.scope = scope;
        this.hits = hits;
        this.place = search.place();
        // Now, as it is too late for an error once the answer has begun; JSON has more characters than its text.
        place.need(2 * largestPart());
    }

    /** What a search asks for, beside its query, to find events without their documents but with these fields. */
    static Map<String, Object> found(@Nullable EventType type, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        if (type == EventType.PLOT) {
            // In the other indices it may be anything.
            all.add(LENGTH);
        }
        return new LinkedHashMap<>(Map.of("_source", false, "docvalue_fields", all));
    }

    /** The value of one of the fields that were asked for, also where the document came after all. */
    static @Nullable Object field(Map<String, @Nullable Object> hit, String name) {
        if (hit.get("_source") instanceof Map<?, ?> document) {
            return document.get(name);
        }
        return hit.get("fields") instanceof Map<?, ?> fields && fields.get(name) instanceof List<?> values
                ? values.get(0)
                : null;
    }

    private long largestPart() {
        long largest = 0;
        for (int from = 0, to; from < hits.size(); from = to) {
            to = endOfPart(from);
            largest = Math.max(
                    largest,
                    hits.subList(from, to).stream()
                            .mapToLong(EventDocuments::bytes)
                            .sum());
        }
        return largest;
    }

    private int endOfPart(int from) {
        int to = from;
        long bytes = 0;
        while (to < hits.size() && to - from < mostAtOnce && bytes < PART_BYTES) {
            bytes += bytes(hits.get(to++));
        }
        return bytes > PART_BYTES && to - from > 1 ? to - 1 : to;
    }

    private static long bytes(Map<String, @Nullable Object> hit) {
        return field(hit, LENGTH) instanceof Number length ? SMALL_BYTES + length.longValue() : UNKNOWN_BYTES;
    }

    @Override
    public Iterator<Map<String, @Nullable Object>> iterator() {
        return IntStream.range(0, hits.size())
                .mapToObj(this::document)
                .filter(Objects::nonNull)
                .iterator();
    }

    /** Null when it is no longer there. To be asked for in order. */
    @Nullable
    Map<String, @Nullable Object> document(int position) {
        while (read <= position) {
            readPart();
        }
        Map<String, @Nullable Object> document = part.remove(SearchAnswer.id(hits.get(position)));
        return document == null || !EventType.PLOT.wireName().equals(document.get("type"))
                ? document
                : PlotEncoding.decode(document);
    }

    /** The one at this position, or none. */
    Iterable<Map<String, @Nullable Object>> only(int position) {
        return () -> Stream.ofNullable(document(position)).iterator();
    }

    private void readPart() {
        int to = endOfPart(read);
        try {
            SearchAnswer answer = search.documents(scope, query(hits.subList(read, to)), place, to - read > 1);
            part.clear();
            answer.hits().forEach(hit -> part.put(SearchAnswer.id(hit), SearchAnswer.source(hit)));
            read = to;
        } catch (ElasticException e) {
            if (!e.tooLarge() || to - read == 1) {
                throw e;
            }
            mostAtOnce = (to - read) / 2;
        }
    }

    /** An id may be in the index of each type. */
    private Map<String, Object> query(List<Map<String, @Nullable Object>> some) {
        Map<String, Object> ids = Map.of(
                "ids", Map.of("values", some.stream().map(hit -> hit.get("_id")).toList()));
        int most = Math.min(EventSearch.MOST_HITS, some.size() * scope.indices().size());
        return Map.of("size", most, "track_total_hits", false, "query", Queries.all(ids));
    }
}
