package clearml.apiserver.store.elastic;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of the query language in use, as plain values. */
public final class Queries {

    private Queries() {}

    public static Map<String, Object> term(String field, Object value) {
        return Map.of("term", Map.of(field, value));
    }

    public static Map<String, Object> terms(String field, Collection<?> values) {
        return Map.of("terms", Map.of(field, values));
    }

    public static Map<String, Object> exists(String field) {
        return Map.of("exists", Map.of("field", field));
    }

    /** @param relation {@code gt}, {@code gte}, {@code lt} or {@code lte} */
    public static Map<String, Object> range(String field, String relation, Object value) {
        return Map.of("range", Map.of(field, Map.of(relation, value)));
    }

    /** All of the conditions, without scoring. */
    public static Map<String, Object> all(Collection<? extends Map<String, ?>> conditions) {
        return Map.of("bool", Map.of("filter", conditions));
    }

    @SafeVarargs
    public static Map<String, Object> all(Map<String, ?>... conditions) {
        return all(List.of(conditions));
    }

    /** At least one of the conditions. */
    public static Map<String, Object> any(Collection<? extends Map<String, ?>> conditions) {
        return Map.of("bool", Map.of("should", conditions, "minimum_should_match", 1));
    }

    public static Map<String, Object> not(Map<String, ?> condition) {
        return Map.of("bool", Map.of("must_not", List.of(condition)));
    }

    /** Buckets by value, in the order of the values. */
    public static Map<String, Object> byTerm(String field, int size, String direction, Map<String, ?> below) {
        return aggregation("terms", Map.of("field", field, "size", size, "order", Map.of("_key", direction)), below);
    }

    /** An aggregation with others in its buckets; none when {@code below} is empty. */
    public static Map<String, Object> aggregation(String type, Map<String, ?> settings, Map<String, ?> below) {
        Map<String, Object> aggregation = new LinkedHashMap<>();
        aggregation.put(type, settings);
        if (!below.isEmpty()) {
            aggregation.put("aggs", below);
        }
        return aggregation;
    }

    /** {@code min}, {@code max}, {@code avg}, {@code value_count}, {@code cardinality} of a field. */
    public static Map<String, Object> metric(String type, String field) {
        return Map.of(type, Map.of("field", field));
    }

    public static Map<String, Object> sort(String field, String direction) {
        return Map.of(field, Map.of("order", direction));
    }

    /** A search that returns only aggregations. */
    public static Map<String, Object> aggregating(Map<String, ?> query, Map<String, ?> aggregations) {
        return Map.of("size", 0, "track_total_hits", false, "query", query, "aggs", aggregations);
    }
}
