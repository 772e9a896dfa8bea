package clearml.apiserver.events;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one batch says about one task or model. */
final class EntityTotals {

    private final Set<String> metricsWithoutIteration;
    private final Map<Series, SeriesTotals> series = new LinkedHashMap<>();
    private final Map<MetricEvents, Long> lastTimestamps = new LinkedHashMap<>();
    private @Nullable Long lastIteration;

    EntityTotals(Set<String> metricsWithoutIteration) {
        this.metricsWithoutIteration = metricsWithoutIteration;
    }

    void add(EventType type, Event event) {
        String metric = event.metric();
        if (event.get("iter") instanceof Long iteration && !metricsWithoutIteration.contains(metric)) {
            lastIteration = Math.max(lastIteration == null ? 0 : lastIteration, iteration);
        }
        if (event.get("timestamp") instanceof Number timestamp) {
            lastTimestamps.merge(new MetricEvents(metric, type), timestamp.longValue(), Math::max);
        }
        if (type == EventType.TRAINING_STATS_SCALAR && event.get("value") instanceof Number value) {
            series.computeIfAbsent(
                            new Series(metric, event.variant()), key -> new SeriesTotals(key.metric(), key.variant()))
                    .add(event, value);
        }
    }

    /** Of the series with scalars, in the order of their first event. */
    Collection<SeriesTotals> series() {
        return series.values();
    }

    /** The newest timestamp (ms) of each metric and type. */
    Map<MetricEvents, Long> lastTimestamps() {
        return lastTimestamps;
    }

    /** The greatest iteration, at least 0; null when no event moves it. */
    @Nullable
    Long lastIteration() {
        return lastIteration;
    }

    private record Series(String metric, String variant) {}

    record MetricEvents(String metric, EventType type) {}
}
