package clearml.apiserver.events;

import clearml.apiserver.events.NavigationState.MetricState;
import clearml.apiserver.events.NavigationState.VariantState;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What differs between the navigations through debug images and through plots. */
enum NavigatedEvents {
    /**
     * The SDK reuses the names of image files: an event is only shown while no later one of its variant wrote the same
     * file.
     */
    IMAGES(EventType.TRAINING_DEBUG_IMAGE, "url") {
        @Override
        List<Map<String, Object>> conditions() {
            return List.of(Queries.exists("url"));
        }

        @Override
        Map<String, Object> variantAggregations() {
            Map<String, Object> twoNewest =
                    Map.of("sort", List.of(Queries.sort("iter", "desc")), "size", 2, "_source", List.of("iter"));
            Map<String, Object> newestUrl = Map.of("field", "url", "size", 1, "order", Map.of(NEWEST, "desc"));
            Map<String, Object> below =
                    Map.of(NEWEST, Queries.metric("max", "iter"), USES, Map.of("top_hits", twoNewest));
            return Map.of(URLS, Queries.aggregation("terms", newestUrl, below));
        }

        @Override
        @Nullable
        VariantState variant(String name, SearchAnswer.Bucket variant) {
            List<SearchAnswer.Bucket> urls = variant.buckets(URLS);
            if (urls.isEmpty() || urls.get(0).value(NEWEST) == null) {
                return null;
            }
            List<Map<String, @Nullable Object>> uses = urls.get(0).sources(USES);
            boolean reused = uses.size() > 1 && uses.get(1).get("iter") instanceof Number;
            Long invalid =
                    reused && uses.get(1).get("iter") instanceof Number iteration ? (Long) iteration.longValue() : null;
            return new VariantState(name, invalid);
        }
    },

    PLOTS(EventType.PLOT, "timestamp") {
        @Override
        List<Map<String, Object>> conditions() {
            return List.of();
        }

        @Override
        Map<String, Object> variantAggregations() {
            return Map.of();
        }

        @Override
        VariantState variant(String name, SearchAnswer.Bucket variant) {
            return new VariantState(name, null);
        }
    };

    private static final String NEWEST = "newest";
    private static final String URLS = "urls";
    private static final String USES = "uses";
    private static final String TIMESTAMP = "timestamp";

    private final EventType type;
    private final String preferredBy;

    NavigatedEvents(EventType type, String preferredBy) {
        this.type = type;
        this.preferredBy = preferredBy;
    }

    EventType type() {
        return type;
    }

    /** Of several events of a variant in an iteration, the one with the greatest value of this field is shown. */
    String preferredBy() {
        return preferredBy;
    }

    /** What all shown events have. */
    abstract List<Map<String, Object>> conditions();

    /** What has to be known of every variant. */
    abstract Map<String, Object> variantAggregations();

    /** Null for a variant without iterations, which can't be navigated. */
    abstract @Nullable VariantState variant(String name, SearchAnswer.Bucket variant);

    /** The same, and the time of the newest event. */
    Map<String, Object> aggregations() {
        Map<String, Object> aggregations = new LinkedHashMap<>(variantAggregations());
        aggregations.put(TIMESTAMP, Queries.metric("max", "timestamp"));
        return aggregations;
    }

    EventQuery query(ReadableEntity entity, List<MetricVariants> metrics) {
        EventQuery query = EventQuery.ofTask(entity.id()).metrics(metrics);
        conditions().forEach(query::and);
        return query;
    }

    List<MetricState> metrics(List<SeriesSearch.Series> series) {
        Map<String, List<SeriesSearch.Series>> byMetric = new LinkedHashMap<>();
        series.forEach(one -> byMetric.computeIfAbsent(one.metric(), metric -> new ArrayList<>())
                .add(one));
        return byMetric.entrySet().stream()
                .map(metric -> metric(metric.getKey(), metric.getValue()))
                .toList();
    }

    private MetricState metric(String name, List<SeriesSearch.Series> series) {
        List<VariantState> variants = new ArrayList<>();
        long newest = 0;
        for (SeriesSearch.Series one : series) {
            VariantState variant = variant(one.variant(), one.bucket());
            if (variant != null) {
                variants.add(variant);
            }
            Double timestamp = one.bucket().value(TIMESTAMP);
            newest = timestamp == null ? newest : Math.max(newest, timestamp.longValue());
        }
        return new MetricState(name, newest, variants);
    }
}
