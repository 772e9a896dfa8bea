package clearml.apiserver.events;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What one batch says about one series (metric and variant), in the order of its events. */
final class SeriesTotals {

    private final String metric;
    private final String variant;
    private @Nullable Object xAxisLabel;
    private Number last = 0;
    private long lastIteration;
    private double lastTimestamp;
    private Number first = 0;
    private long firstIteration;
    private Number min = 0;
    private long minIteration;
    private Number max = 0;
    private long maxIteration;
    private double total;
    private int count;

    SeriesTotals(String metric, String variant) {
        this.metric = metric;
        this.variant = variant;
    }

    void add(Event event, Number sent) {
        Number value = storable(sent);
        long iteration = event.get("iter") instanceof Long iter ? iter : 0;
        double timestamp = event.get("timestamp") instanceof Number number ? number.doubleValue() : 0;
        if (isFirst() || iteration > lastIteration || (iteration == lastIteration && timestamp >= lastTimestamp)) {
            last = value;
            lastIteration = iteration;
            lastTimestamp = timestamp;
            xAxisLabel = event.xAxisLabel() == null ? xAxisLabel : event.xAxisLabel();
        }
        if (isFirst() || iteration < firstIteration) {
            first = value;
            firstIteration = iteration;
        }
        if (isFirst() || value.doubleValue() < min.doubleValue()) {
            min = value;
            minIteration = iteration;
        }
        if (isFirst() || value.doubleValue() > max.doubleValue()) {
            max = value;
            maxIteration = iteration;
        }
        total += value.doubleValue();
        count++;
    }

    private boolean isFirst() {
        return count == 0;
    }

    private static Number storable(Number value) {
        return value instanceof BigInteger ? (Number) value.doubleValue() : value;
    }

    String metric() {
        return metric;
    }

    String variant() {
        return variant;
    }

    /** {@code <metric>/<variant>}, the form in {@code unique_metrics}. */
    String name() {
        return metric + "/" + variant;
    }

    @Nullable
    Object xAxisLabel() {
        return xAxisLabel;
    }

    Number last() {
        return last;
    }

    Number first() {
        return first;
    }

    long firstIteration() {
        return firstIteration;
    }

    Number min() {
        return min;
    }

    long minIteration() {
        return minIteration;
    }

    Number max() {
        return max;
    }

    long maxIteration() {
        return maxIteration;
    }

    double total() {
        return total;
    }

    int count() {
        return count;
    }
}
