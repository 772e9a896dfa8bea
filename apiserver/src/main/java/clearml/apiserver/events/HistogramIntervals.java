package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How far apart the points of each series are, and which series can be asked for together. */
final class HistogramIntervals {

    private static final int MAX_SERIES = 50;
    private static final long MAX_SAMPLES = 6000;
    private static final long MAX_SAMPLES_OF_A_SEARCH = 24_000;
    private static final String EXTENT = "extent";

    private HistogramIntervals() {}

    /**
     * @param interval between points, on the axis
     * @param samples the points to expect
     */
    record Series(String metric, String variant, long interval, long samples) {}

    /** Series that share the interval. */
    record Group(long interval, List<Series> series) {

        long samples() {
            return series.stream().mapToLong(Series::samples).sum();
        }
    }

    /** What must be known of each series. */
    static Map<String, Object> aggregations(ScalarKey key) {
        return Map.of(EXTENT, Queries.metric("stats", key.field()));
    }

    static List<Group> groups(List<SeriesSearch.Series> series, int samples) {
        return merged(grouped(series.stream().map(one -> series(one, samples)).toList()));
    }

    private static Series series(SeriesSearch.Series series, int samples) {
        return series(
                series.metric(),
                series.variant(),
                whole(series.bucket().statistic(EXTENT, "count")),
                whole(series.bucket().statistic(EXTENT, "min")),
                whole(series.bucket().statistic(EXTENT, "max")),
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

    /** With fewer searches for the same points: groups of the same interval, up to what is sensible for one answer. */
    static List<Group> merged(List<Group> groups) {
        List<Group> merged = new ArrayList<>();
        for (Group group : groups) {
            Group last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null
                    && last.interval() == group.interval()
                    && last.samples() + group.samples() <= MAX_SAMPLES_OF_A_SEARCH) {
                List<Series> both = new ArrayList<>(last.series());
                both.addAll(group.series());
                merged.set(merged.size() - 1, new Group(last.interval(), both));
            } else {
                merged.add(group);
            }
        }
        return merged;
    }

    private static Group group(List<Series> series) {
        return new Group(series.get(series.size() - 1).interval(), List.copyOf(series));
    }
}
