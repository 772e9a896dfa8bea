package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import java.util.Map;

/** The aggregation by metric and, in it, by variant; both in the order of their names. */
final class MetricTree {

    static final String METRICS = "metrics";
    static final String VARIANTS = "variants";

    /** More than any task has: Elasticsearch stops at 65,535 buckets of a search anyway. */
    static final int ALL = 10_000;

    private MetricTree() {}

    static Map<String, Object> aggregations(Map<String, ?> below) {
        Map<String, Object> variants = Queries.byTerm("variant", ALL, "asc", below);
        return Map.of(METRICS, Queries.byTerm("metric", ALL, "asc", Map.of(VARIANTS, variants)));
    }
}
