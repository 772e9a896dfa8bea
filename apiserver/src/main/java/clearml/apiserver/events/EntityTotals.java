package clearml.apiserver.events;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one batch says about one task or model. */
final class EntityTotals {

    /** Of one update: MongoDB takes 16 MB. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    /** What an update says about a series and about a metric, beside their names. */
    private static final int BYTES_OF_A_SERIES = 4_000;

    private static final int BYTES_OF_A_METRIC = 400;

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

    /** Without those series and metrics that are new where only {@code max} of each are kept. */
    EntityTotals limited(Set<String> knownSeries, Set<String> knownMetrics, int max) {
        EntityTotals limited = withoutSeries();
        Set<String> names = series.values().stream().map(SeriesTotals::name).collect(toCollection(LinkedHashSet::new));
        Set<String> keptSeries = kept(names, knownSeries, max);
        series.forEach((key, totals) -> {
            if (keptSeries.contains(totals.name())) {
                limited.series.put(key, totals);
            }
        });
        Set<String> keptMetrics = kept(metrics(), knownMetrics, max);
        lastTimestamps.forEach((key, timestamp) -> {
            if (keptMetrics.contains(key.metric())) {
                limited.lastTimestamps.put(key, timestamp);
            }
        });
        return limited;
    }

    /** The same in parts of which each makes an update that MongoDB takes; mostly there is one. */
    List<EntityTotals> parts() {
        List<EntityTotals> parts = new ArrayList<>(List.of(empty()));
        int[] free = {MOST_BYTES};
        lastTimestamps.forEach((key, timestamp) -> next(
                        parts, free, BYTES_OF_A_METRIC + 3 * key.metric().length())
                .lastTimestamps
                .put(key, timestamp));
        series.forEach((key, totals) -> next(
                        parts, free, BYTES_OF_A_SERIES + 6 * totals.name().length())
                .series
                .put(key, totals));
        parts.get(0).lastIteration = lastIteration;
        return parts;
    }

    /** A part with room for so many bytes, the last one or a new one. */
    private EntityTotals next(List<EntityTotals> parts, int[] free, int bytes) {
        if (free[0] < bytes) {
            parts.add(empty());
            free[0] = MOST_BYTES;
        }
        free[0] -= bytes;
        return parts.get(parts.size() - 1);
    }

    /** Without any series and metric. */
    EntityTotals withoutSeries() {
        EntityTotals without = empty();
        without.lastIteration = lastIteration;
        return without;
    }

    private EntityTotals empty() {
        return new EntityTotals(metricsWithoutIteration);
    }

    private static Set<String> kept(Set<String> names, Set<String> known, int max) {
        int room = max - known.size();
        Set<String> kept = new HashSet<>();
        for (String name : names) {
            if (known.contains(name)) {
                kept.add(name);
            } else if (room > 0) {
                kept.add(name);
                room--;
            }
        }
        return kept;
    }

    /** Those that have events. */
    Set<String> metrics() {
        return lastTimestamps.keySet().stream().map(MetricEvents::metric).collect(toCollection(LinkedHashSet::new));
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
