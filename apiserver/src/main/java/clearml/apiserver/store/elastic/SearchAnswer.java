package clearml.apiserver.store.elastic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a search returned. Where the index was missing, everything in it is empty. */
public record SearchAnswer(Map<String, @Nullable Object> body) {

    /** As if the search had found these. */
    public static SearchAnswer of(List<Map<String, @Nullable Object>> hits) {
        return new SearchAnswer(Map.of("hits", Map.of("hits", hits)));
    }

    /** The hits as Elasticsearch describes them: {@code _index}, {@code _id}, {@code _source}, {@code sort}. */
    public List<Map<String, @Nullable Object>> hits() {
        return body.get("hits") instanceof Map<?, ?> hits ? objects(hits.get("hits")) : List.of();
    }

    /** The documents of the hits. */
    public List<Map<String, @Nullable Object>> sources() {
        return sources(hits());
    }

    private static List<Map<String, @Nullable Object>> sources(List<Map<String, @Nullable Object>> hits) {
        List<Map<String, @Nullable Object>> sources = new ArrayList<>(hits.size());
        hits.forEach(hit -> sources.add(source(hit)));
        return sources;
    }

    /** The document of a hit; empty where the search did not ask for it. */
    public static Map<String, @Nullable Object> source(Map<String, @Nullable Object> hit) {
        return object(hit.get("_source"));
    }

    /** What tells a hit from all others: an id may be in several indices. */
    public static String id(Map<String, @Nullable Object> hit) {
        return hit.get("_index") + "/" + hit.get("_id");
    }

    /** How many documents match; not more than 10,000 unless the search asked to count all. */
    public long total() {
        boolean counted = body.get("hits") instanceof Map<?, ?> hits
                && hits.get("total") instanceof Map<?, ?> total
                && total.get("value") instanceof Number;
        return counted
                ? ((Number) object(object(body.get("hits")).get("total")).getOrDefault("value", 0)).longValue()
                : 0;
    }

    /** The scroll or point in time to go on with. */
    public @Nullable String scrollId() {
        Object id = body.get("_scroll_id");
        return id == null ? null : id.toString();
    }

    /** The buckets of an aggregation. */
    public List<Bucket> buckets(String aggregation) {
        return new Bucket(object(body.get("aggregations"))).buckets(aggregation);
    }

    /** Where a composite aggregation goes on; null at its end. */
    public @Nullable Object afterKey(String aggregation) {
        return object(object(body.get("aggregations")).get(aggregation)).get("after_key");
    }

    /** The value of a metric aggregation; null over no documents. */
    public @Nullable Double value(String aggregation) {
        return new Bucket(object(body.get("aggregations"))).value(aggregation);
    }

    /** One bucket with what is aggregated in it. */
    public record Bucket(Map<String, @Nullable Object> body) {

        /** The key as text. */
        public String key() {
            return String.valueOf(body.get("key"));
        }

        /** A part of the key of a composite bucket, as text. */
        public String part(String source) {
            return String.valueOf(object(body.get("key")).get(source));
        }

        /** The key of a bucket of whole numbers or dates (ms). */
        public long number() {
            return body.get("key") instanceof Number number ? number.longValue() : 0;
        }

        /** The key in the format that the aggregation asked for. */
        public String formatted() {
            return String.valueOf(body.get("key_as_string"));
        }

        public long documents() {
            return body.get("doc_count") instanceof Number count ? count.longValue() : 0;
        }

        public List<Bucket> buckets(String aggregation) {
            return objects(object(body.get(aggregation)).get("buckets")).stream()
                    .map(Bucket::new)
                    .toList();
        }

        public @Nullable Double value(String aggregation) {
            return statistic(aggregation, "value");
        }

        /** One of {@code stats}: {@code count}, {@code min}, {@code max}, {@code avg}, {@code sum}; null over no documents. */
        public @Nullable Double statistic(String aggregation, String name) {
            return object(body.get(aggregation)).get(name) instanceof Number number ? number.doubleValue() : null;
        }

        /** The documents of a {@code top_hits}. */
        public List<Map<String, @Nullable Object>> sources(String aggregation) {
            return SearchAnswer.sources(hits(aggregation));
        }

        /** The hits of a {@code top_hits}. */
        public List<Map<String, @Nullable Object>> hits(String aggregation) {
            Map<String, @Nullable Object> hits =
                    object(object(body.get(aggregation)).get("hits"));
            return objects(hits.get("hits"));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map ? (Map<String, @Nullable Object>) value : Map.of();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> objects(@Nullable Object value) {
        return value instanceof List ? (List<Map<String, @Nullable Object>>) value : List.of();
    }
}
