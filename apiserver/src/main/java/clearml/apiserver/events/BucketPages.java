package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Goes through any number of buckets, which one search may not have. */
@Component
class BucketPages {

    private static final int PAGE = 2_000;
    private static final String BUCKETS = "buckets";

    private final EventSearch search;

    BucketPages(EventSearch search) {
        this.search = search;
    }

    /** A field whose values make buckets, {@code asc} or {@code desc}. */
    static Map<String, Object> source(String field, String direction) {
        return Map.of(field, Map.of("terms", Map.of("field", field, "order", direction)));
    }

    /**
     * The scope must be prepared.
     *
     * @param sources whose combinations are the buckets, in this order
     * @param below what to aggregate in each bucket
     * @param each takes the buckets, until it answers false
     */
    void read(
            EventScope scope,
            EventQuery query,
            List<Map<String, Object>> sources,
            Map<String, ?> below,
            Predicate<SearchAnswer.Bucket> each) {
        Map<String, Object> composite = new LinkedHashMap<>(Map.of("size", PAGE, "sources", sources));
        Object after;
        do {
            Map<String, Object> page = Map.of(BUCKETS, Queries.aggregation("composite", composite, below));
            SearchAnswer answer = search.again(scope, Queries.aggregating(query.query(), page));
            if (!answer.buckets(BUCKETS).stream().allMatch(each)) {
                return;
            }
            after = answer.afterKey(BUCKETS);
            if (after != null) {
                composite.put("after", after);
            }
        } while (after != null);
    }
}
