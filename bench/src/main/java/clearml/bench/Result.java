package clearml.bench;

import org.HdrHistogram.Histogram;

/**
 * Figures of one workload.
 *
 * @param perSecond units (calls, events, megabytes ...) per second
 * @param p50 latency of a call in milliseconds, as are the others
 */
record Result(
        String name,
        String unit,
        double perSecond,
        double callsPerSecond,
        double p50,
        double p99,
        double max,
        long calls) {

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
                latencies.getTotalCount());
    }

    private static double milliseconds(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
