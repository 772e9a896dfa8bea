package clearml.apiserver.events;

import clearml.apiserver.store.elastic.ElasticException;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Searches that say something about every series (metric and variant). One search is enough for tens of thousands of them;
 * when Elasticsearch refuses so many, they are read in pages, which takes longer for each.
 */
@Component
class SeriesSearch {

    /** How many names are asked for: as many as the buckets that Elasticsearch has for a search if nobody changes it. */
    static final int ALL = 65_535;

    private static final String METRICS = "metrics";
    private static final String VARIANTS = "variants";

    private final EventSearch search;
    private final BucketPages pages;

    SeriesSearch(EventSearch search, BucketPages pages) {
        this.search = search;
        this.pages = pages;
    }

    /** @param bucket what was aggregated in the series */
    record Series(String metric, String variant, SearchAnswer.Bucket bucket) {}

    /**
     * In the order of metrics and variants. The scope must be prepared.
     *
     * @param below what to aggregate in each series
     */
    List<Series> of(EventScope scope, EventQuery query, Map<String, ?> below) {
        return ofAll(List.of(scope), List.of(query), below).get(0);
    }

    /** The same for several scopes and the query of each, in one request. */
    List<List<Series>> ofAll(List<EventScope> scopes, List<EventQuery> queries, Map<String, ?> below) {
        List<Map<String, Object>> bodies = queries.stream()
                .map(query -> Queries.aggregating(query.query(), tree(below)))
                .toList();
        try {
            return search.searchAll(scopes, bodies).stream()
                    .map(SeriesSearch::ofTree)
                    .toList();
        } catch (ElasticException e) {
            if (!e.tooManyBuckets()) {
                throw e;
            }
        }
        List<List<Series>> all = new ArrayList<>();
        for (int i = 0; i < scopes.size(); i++) {
            all.add(inPages(scopes.get(i), queries.get(i), below));
        }
        return all;
    }

    /** By metric and, in it, by variant, with something in each. */
    static Map<String, Object> tree(Map<String, ?> below) {
        Map<String, Object> variants = Queries.byTerm("variant", ALL, "asc", below);
        return Map.of(METRICS, Queries.byTerm("metric", ALL, "asc", Map.of(VARIANTS, variants)));
    }

    private static List<Series> ofTree(SearchAnswer answer) {
        List<Series> series = new ArrayList<>();
        for (SearchAnswer.Bucket metric : answer.buckets(METRICS)) {
            for (SearchAnswer.Bucket variant : metric.buckets(VARIANTS)) {
                series.add(new Series(metric.key(), variant.key(), variant));
            }
        }
        return series;
    }

    private List<Series> inPages(EventScope scope, EventQuery query, Map<String, ?> below) {
        List<Map<String, Object>> sources =
                List.of(BucketPages.source("metric", "asc"), BucketPages.source("variant", "asc"));
        List<Series> series = new ArrayList<>();
        pages.read(
                scope,
                query,
                sources,
                below,
                bucket -> series.add(new Series(bucket.part("metric"), bucket.part("variant"), bucket)));
        return series;
    }

    /** What a search finds about items, asked about half of them at a time when it would have too many buckets. */
    static <T, R> List<R> inHalves(List<T> items, Function<List<T>, List<R>> search) {
        try {
            return search.apply(items);
        } catch (ElasticException e) {
            if (!e.tooManyBuckets() || items.size() < 2) {
                throw e;
            }
        }
        int half = items.size() / 2;
        List<R> found = new ArrayList<>(inHalves(items.subList(0, half), search));
        found.addAll(inHalves(items.subList(half, items.size()), search));
        return found;
    }
}
