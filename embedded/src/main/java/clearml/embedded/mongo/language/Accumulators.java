package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code $group} gathers per group. */
final class Accumulators {

    /** One accumulator of one group. */
    interface State {
        void add(@Nullable Object value);

        @Nullable
        Object result();
    }

    private Accumulators() {}

    static State state(String name, Collation collation) {
        return switch (name) {
            case "$sum", "$count" -> new Sum();
            case "$avg" -> new Average();
            case "$min" -> new Extreme(collation, -1);
            case "$max" -> new Extreme(collation, 1);
            case "$first" -> new Edge(true);
            case "$last" -> new Edge(false);
            case "$push" -> new Push();
            case "$addToSet" -> new Distinct();
            case "$mergeObjects" -> new Merge();
            case "$stdDevPop" -> new Deviation(0);
            case "$stdDevSamp" -> new Deviation(1);
            default -> throw Errors.location(15952, "unknown group operator '" + name + "'");
        };
    }

    private static final class Sum implements State {
        private Number sum = 0;

        @Override
        public void add(@Nullable Object value) {
            if (value instanceof Number n) {
                sum = Numbers.add(sum, n);
            }
        }

        @Override
        public Object result() {
            return sum;
        }
    }

    private static final class Average implements State {
        private double sum;
        private long count;

        @Override
        public void add(@Nullable Object value) {
            if (value instanceof Number n) {
                sum += n.doubleValue();
                count++;
            }
        }

        @Override
        public @Nullable Object result() {
            return count == 0 ? null : (Object) (sum / count);
        }
    }

    private static final class Deviation implements State {
        private final int correction;
        private double mean;
        private double squares;
        private long count;

        private Deviation(int correction) {
            this.correction = correction;
        }

        @Override
        public void add(@Nullable Object value) {
            if (value instanceof Number n) {
                count++;
                double delta = n.doubleValue() - mean;
                mean += delta / count;
                squares += delta * (n.doubleValue() - mean);
            }
        }

        @Override
        public @Nullable Object result() {
            return count <= correction ? null : (Object) Math.sqrt(squares / (count - correction));
        }
    }

    private static final class Extreme implements State {
        private final Collation collation;
        private final int sign;
        private @Nullable Object best;

        private Extreme(Collation collation, int sign) {
            this.collation = collation;
            this.sign = sign;
        }

        @Override
        public void add(@Nullable Object value) {
            if (!Values.absent(value) && (best == null || Values.compare(value, best, collation) * sign > 0)) {
                best = value;
            }
        }

        @Override
        public @Nullable Object result() {
            return best;
        }
    }

    private static final class Edge implements State {
        private final boolean first;
        private boolean seen;
        private @Nullable Object value;

        private Edge(boolean first) {
            this.first = first;
        }

        @Override
        public void add(@Nullable Object next) {
            if (!first || !seen) {
                value = next == Values.MISSING ? null : next;
                seen = true;
            }
        }

        @Override
        public @Nullable Object result() {
            return value;
        }
    }

    private static final class Push implements State {
        private final List<@Nullable Object> values = new ArrayList<>();

        @Override
        public void add(@Nullable Object value) {
            if (value != Values.MISSING) {
                values.add(value);
            }
        }

        @Override
        public Object result() {
            return values;
        }
    }

    private static final class Distinct implements State {
        private final Map<Object, @Nullable Object> values = new LinkedHashMap<>();

        @Override
        public void add(@Nullable Object value) {
            if (value != Values.MISSING) {
                values.putIfAbsent(Values.key(value), value);
            }
        }

        @Override
        public Object result() {
            return new ArrayList<>(values.values());
        }
    }

    private static final class Merge implements State {
        private final Document merged = new Document();

        @Override
        public void add(@Nullable Object value) {
            if (value instanceof Document d) {
                merged.putAll(d);
            }
        }

        @Override
        public Object result() {
            return merged;
        }
    }
}
