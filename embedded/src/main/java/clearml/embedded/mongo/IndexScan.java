package clearml.embedded.mongo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an index in which all documents lie that satisfy some constraints.
 *
 * @param points what the leading fields must be, one of several values each
 * @param range of the field behind them; null for all of it
 */
record IndexScan(
        CollectionIndex index,
        List<List<@Nullable Object>> points,
        @Nullable FieldConstraint range) {

    private static final int MAX_INTERVALS = 1_000;

    /** A part of an index. */
    record Interval(IndexKey from, IndexKey to) {}

    /** The scan of as many leading fields as have constraints; of all the index when the first has none. */
    static IndexScan of(CollectionIndex index, Constraints constraints, boolean sameCollation) {
        List<List<@Nullable Object>> points = new ArrayList<>();
        long intervals = 1;
        int fields = index.paths().size();
        for (int field = 0; field < fields; field++) {
            FieldConstraint constraint = usable(index, field, constraints, sameCollation);
            List<@Nullable Object> values = constraint == null ? null : constraint.points();
            if (values == null || intervals * values.size() > MAX_INTERVALS) {
                return new IndexScan(index, points, constraint != null && constraint.range() ? constraint : null);
            }
            intervals *= values.size();
            points.add(values);
        }
        return new IndexScan(index, points, null);
    }

    /** How many parts; they are made by {@link #intervals} only for a scan that is chosen. */
    int size() {
        int size = 1;
        for (List<@Nullable Object> values : points) {
            size *= values.size();
        }
        return size;
    }

    List<Interval> intervals() {
        List<@Nullable Object[]> prefixes = new ArrayList<>();
        prefixes.add(new Object[0]);
        for (List<@Nullable Object> values : points) {
            prefixes = times(prefixes, values);
        }
        List<Interval> intervals = new ArrayList<>(prefixes.size());
        for (@Nullable Object[] prefix : prefixes) {
            intervals.add(
                    range == null
                            ? new Interval(IndexKey.before(prefix), IndexKey.after(prefix))
                            : new Interval(range.from(prefix), range.to(prefix, index.multikey(points.size()))));
        }
        return intervals;
    }

    private static @Nullable FieldConstraint usable(
            CollectionIndex index, int field, Constraints constraints, boolean sameCollation) {
        FieldConstraint constraint = constraints.on(index.paths().get(field).text());
        if (constraint == null
                || !sameCollation && constraint.comparesStrings()
                || index.spec().sparse() && constraint.matchesNull()) {
            return null;
        }
        return constraint;
    }

    private static List<@Nullable Object[]> times(List<@Nullable Object[]> prefixes, List<@Nullable Object> points) {
        List<@Nullable Object[]> longer = new ArrayList<>(prefixes.size() * points.size());
        for (@Nullable Object[] prefix : prefixes) {
            for (Object point : points) {
                longer.add(FieldConstraint.append(prefix, point));
            }
        }
        return longer;
    }

    /** Whether it leaves anything out. */
    boolean selective() {
        return constrained() > 0;
    }

    /** How many leading fields are constrained. */
    private int constrained() {
        return points.size() + (range == null ? 0 : 1);
    }

    /** Whether every field that the other scan constrains is constrained by this one. */
    boolean constrainsAllOf(IndexScan other) {
        for (int field = 0; field < other.constrained(); field++) {
            if (!constrains(other.index.paths().get(field).text())) {
                return false;
            }
        }
        return true;
    }

    private boolean constrains(String path) {
        for (int field = 0; field < constrained(); field++) {
            if (index.paths().get(field).text().equals(path)) {
                return true;
            }
        }
        return false;
    }

    /** The number of entries, counted no further than {@code limit}. */
    int count(int limit) {
        int count = 0;
        for (Interval interval : intervals()) {
            for (IndexKey ignored : index.range(interval.from(), interval.to())) {
                if (++count >= limit) {
                    return count;
                }
            }
        }
        return count;
    }
}
