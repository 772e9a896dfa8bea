package clearml.apiserver.workers;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer.Bucket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A time from which statistics are wanted.
 *
 * @param from in epoch s
 * @param to in epoch s
 * @param interval what becomes one point, in s
 */
public record StatsRange(double from, double to, int interval) {

    private static final double MS = 1000;

    /** Elasticsearch has a limit for all buckets of a search, and several workers are to fit. */
    private static final int MOST_POINTS = 20_000;

    private static final double NEARLY_WHOLE = 0.9;

    /** In epoch s, the year 300,000: Elasticsearch reads no date far beyond. */
    private static final double LATEST = 1e13;

    /** 400/16 when it ends before it begins, or has too many intervals. */
    public static StatsRange of(double from, double to, int interval, int shortestInterval) {
        require(from, to);
        StatsRange range = new StatsRange(from, to, Math.max(interval, shortestInterval));
        if ((to - from) / range.interval() > MOST_POINTS) {
            throw ApiError.FIELDS_VALUE_ERROR
                    .of("the range has too many intervals")
                    .with("interval", interval);
        }
        return range;
    }

    /** 400/16 when a range ends before it begins, or has dates that cannot be searched. */
    public static void require(double from, double to) {
        if (from >= to) {
            throw ApiError.FIELDS_VALUE_ERROR
                    .of("from_date must be less than to_date")
                    .with("from_date", from)
                    .with("to_date", to);
        }
        if (from < -LATEST || to > LATEST) {
            throw ApiError.FIELDS_VALUE_ERROR
                    .of("dates are in seconds, and not that far away")
                    .with("from_date", from)
                    .with("to_date", to);
        }
    }

    public Map<String, Object> query() {
        Map<String, Object> limits = new LinkedHashMap<>();
        if ((long) from != 0) {
            limits.put("gte", (long) from);
        }
        limits.put("lte", (long) to);
        limits.put("format", "epoch_second");
        return Map.of("range", Map.of("timestamp", limits));
    }

    /** Points for the whole range, also where nothing was reported. */
    public Map<String, Object> histogram(Map<String, ?> inEach) {
        Map<String, Object> settings = Map.of(
                "field",
                "timestamp",
                "fixed_interval",
                interval + "s",
                "extended_bounds",
                Map.of("min", (long) from * 1000, "max", (long) to * 1000));
        return Queries.aggregation("date_histogram", settings, inEach);
    }

    /** Without the intervals at the end that are not nearly over. */
    public List<Bucket> whole(List<Bucket> buckets) {
        double end = (to - NEARLY_WHOLE * interval) * MS;
        return buckets.stream().filter(bucket -> bucket.number() < end).toList();
    }
}
