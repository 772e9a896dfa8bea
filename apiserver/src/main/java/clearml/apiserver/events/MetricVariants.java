package clearml.apiserver.events;

import clearml.apiserver.call.Field;
import clearml.apiserver.store.elastic.Queries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A metric, and which of its variants; all when the list is empty. */
record MetricVariants(@Field(required = true) String metric, List<String> variants) {

    /** The condition of a request's {@code metrics}; of duplicates the last one counts. None for an empty list. */
    static Optional<Map<String, Object>> condition(List<MetricVariants> metrics) {
        if (metrics.isEmpty()) {
            return Optional.empty();
        }
        Map<String, MetricVariants> byName = new LinkedHashMap<>();
        metrics.forEach(one -> byName.put(one.metric(), one));
        return Optional.of(Queries.any(
                byName.values().stream().map(MetricVariants::condition).toList()));
    }

    Map<String, Object> condition() {
        Map<String, Object> ofMetric = Queries.term("metric", metric);
        return variants.isEmpty() ? ofMetric : Queries.all(ofMetric, Queries.terms("variant", variants));
    }

    /** As requests have them. */
    static List<Map<String, Object>> asMaps(List<MetricVariants> metrics) {
        return metrics.stream().map(MetricVariants::asMap).toList();
    }

    Map<String, Object> asMap() {
        return Map.of("metric", metric, "variants", variants);
    }
}
