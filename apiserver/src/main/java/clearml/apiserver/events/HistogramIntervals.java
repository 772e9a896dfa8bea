package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How far apart the points of each series are, and which series can be asked for together. */
final class HistogramIntervals {

    private static final int MAX_SERIES = 50;
    private static final long MAX_SAMPLES = 6000;

    private HistogramIntervals() {}

    /**
     * @param interval between points, on the axis
     * @param samples the points to expect
     */
    record Series(String metric, String variant, long interval, long samples) {}

    /** Series that share the interval. */
    record Group(long interval, List<Series> series) {}

    static Map<String, Object> aggregations(ScalarKey key) {
        Map<String, Object> extent = Map.of(
                "count", Queries.metric("value_count", key.field()),
                "min", Queries.metric("min", key.field()),
                "max", Queries.metric("max", key.field()));
        return MetricTree.aggregations(extent);
    }

    static List<Group> groups(SearchAnswer answer, int samples) {
        List<Series> series = new ArrayList<>();
        for (SearchAnswer.Bucket metric : answer.buckets(MetricTree.METRICS)) {
            for (SearchAnswer.Bucket variant : metric.buckets(MetricTree.VARIANTS)) {
                series.add(series(metric.key(), variant, samples));
            }
        }
        return grouped(series);
    }

    private static Series series(String metric, SearchAnswer.Bucket variant, int samples) {
        return series(
                metric,
                variant.key(),
                whole(variant.value("count")),
                whole(variant.value("min")),
                whole(variant.value("max")),
                samples);
    }

    private static long whole(@org.jspecify.annotations.Nullable Double value) {
        return value == null ? 0 : value.longValue();
    }

    static Series series(String metric, String variant, long count, long min, long max, int samples) {
        if (count < samples) {
            return new Series(metric, variant, 1, count);
        }
        long range = max - min + 1;
        long interval = Math.max(1, ceilDiv(range, samples));
        return new Series(metric, variant, interval, ceilDiv(range, interval));
    }

    private static long ceilDiv(long value, long by) {
        return -Math.floorDiv(-value, by);
    }

    /** Series whose intervals are within ten percent, as many as one search can hold; the largest interval is taken. */
    static List<Group> grouped(List<Series> all) {
        List<Series> sorted =
                all.stream().sorted(Comparator.comparingLong(Series::interval)).toList();
        List<Group> groups = new ArrayList<>();
        List<Series> current = new ArrayList<>();
        long upperBound = 0;
        long samples = 0;
        for (Series series : sorted) {
            boolean full = current.size() >= MAX_SERIES || samples + series.samples() > MAX_SAMPLES;
            if (!current.isEmpty() && (full || series.interval() > upperBound)) {
                groups.add(group(current));
                current = new ArrayList<>();
            }
            if (current.isEmpty()) {
                upperBound = series.interval() + series.interval() / 10;
                samples = 0;
            }
            current.add(series);
            samples += series.samples();
        }
        if (!current.isEmpty()) {
            groups.add(group(current));
        }
        return groups;
    }

    private static Group group(List<Series> series) {
        return new Group(series.get(series.size() - 1).interval(), List.copyOf(series));
    }
}
