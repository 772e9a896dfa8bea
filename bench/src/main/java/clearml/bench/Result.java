package clearml.bench;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one workload.
 *
 * @param perSecond units (calls, events, megabytes ...) per second
 * @param p50 latency of a call in milliseconds, as are the others
 * @param cpuMicros CPU time of the server's process for each call; null when the server does not tell
 * @param cpuPercent of one core that the server's process was busy
 */
record Result(
        String name,
        String unit,
        double perSecond,
        double callsPerSecond,
        double p50,
        double p99,
        double max,
        long calls,
        @Nullable Double cpuMicros,
        @Nullable Double cpuPercent) {

    static Result of(Workload workload, Histogram latencies, long nanoseconds) {
        double perSecond = latencies.getTotalCount() * 1e9 / nanoseconds;
        return new Result(
                workload.name(),
                workload.unit(),
                perSecond * workload.perCall(),
                perSecond,
                milliseconds(latencies, 50),
                milliseconds(latencies, 99),
                latencies.getMaxValue() / 1e6,
                latencies.getTotalCount(),
                null,
                null);
    }

    /** The same, for which the server needed so much CPU time (ns). */
    Result costing(double cpu) {
        return new Result(
                name,
                unit,
                perSecond,
                callsPerSecond,
                p50,
                p99,
                max,
                calls,
                cpu / calls / 1e3,
                cpu * callsPerSecond / calls / 1e7);
    }

    private static double milliseconds(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
