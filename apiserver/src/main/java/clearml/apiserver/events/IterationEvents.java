package clearml.apiserver.events;

import clearml.apiserver.store.elastic.ElasticException;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The events of the first iterations that a query finds, one of each variant. One search is enough unless Elasticsearch
 * refuses so many buckets; then they are read in pages.
 */
@Component
class IterationEvents {

    private static final String ITERATIONS = "iterations";
    private static final String METRICS = "metrics";
    private static final String VARIANTS = "variants";
    private static final String EVENTS = "events";

    private final EventSearch search;
    private final BucketPages pages;

    IterationEvents(EventSearch search, BucketPages pages) {
        this.search = search;
        this.pages = pages;
    }

    /**
     * @param iterations how many
     * @param direction {@code desc} for the latest ones
     * @param preferredBy of several events of a variant, the one with the greatest value of this field is taken
     */
    record Request(EventScope scope, EventQuery query, int iterations, String direction, String preferredBy) {

        private Map<String, Object> best() {
            return Map.of(
                    EVENTS, Map.of("top_hits", Map.of("sort", List.of(Queries.sort(preferredBy, "desc")), "size", 1)));
        }
    }

    record Found(long iteration, String metric, String variant, Map<String, @Nullable Object> event) {}

    /** For each request, by iteration in its direction. The scopes must be prepared. */
    List<List<Found>> of(List<Request> requests) {
        try {
            return search
                    .searchAll(
                            requests.stream().map(Request::scope).toList(),
                            requests.stream().map(IterationEvents::tree).toList())
                    .stream()
                    .map(IterationEvents::ofTree)
                    .toList();
        } catch (ElasticException e) {
            if (!e.tooManyBuckets()) {
                throw e;
            }
        }
        return requests.stream().map(this::inPages).toList();
    }

    private static Map<String, Object> tree(Request request) {
        Map<String, Object> variants =
                Queries.aggregation("terms", Map.of("field", "variant", "size", SeriesSearch.ALL), request.best());
        Map<String, Object> metrics = Queries.aggregation(
                "terms", Map.of("field", "metric", "size", SeriesSearch.ALL), Map.of(VARIANTS, variants));
        Map<String, Object> iterations = Map.of(
                "field",
                "iter",
                "size",
                request.iterations(),
                "order",
                Map.of("_key", request.direction()),
                // Only the iterations of the page are looked into.
                "collect_mode",
                "breadth_first");
        return Queries.aggregating(
                request.query().query(),
                Map.of(ITERATIONS, Queries.aggregation("terms", iterations, Map.of(METRICS, metrics))));
    }

    private static List<Found> ofTree(SearchAnswer answer) {
        List<Found> found = new ArrayList<>();
        for (SearchAnswer.Bucket iteration : answer.buckets(ITERATIONS)) {
            for (SearchAnswer.Bucket metric : iteration.buckets(METRICS)) {
                for (SearchAnswer.Bucket variant : metric.buckets(VARIANTS)) {
                    add(found, iteration.number(), metric.key(), variant.key(), variant);
                }
            }
        }
        return found;
    }

    private List<Found> inPages(Request request) {
        List<Map<String, Object>> sources = List.of(
                BucketPages.source("iter", request.direction()),
                BucketPages.source("metric", "asc"),
                BucketPages.source("variant", "asc"));
        List<Found> found = new ArrayList<>();
        Set<String> iterations = new HashSet<>();
        pages.read(request.scope(), request.query(), sources, request.best(), bucket -> {
            String iteration = bucket.part("iter");
            iterations.add(iteration);
            if (iterations.size() > request.iterations()) {
                return false;
            }
            add(found, Long.parseLong(iteration), bucket.part("metric"), bucket.part("variant"), bucket);
            return true;
        });
        return found;
    }

    private static void add(
            List<Found> found, long iteration, String metric, String variant, SearchAnswer.Bucket bucket) {
        bucket.sources(EVENTS).forEach(event -> found.add(new Found(iteration, metric, variant, event)));
    }
}
