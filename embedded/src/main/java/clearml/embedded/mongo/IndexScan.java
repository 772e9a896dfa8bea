package clearml.embedded.mongo;

import clearml.embedded.mongo.language.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of an index in which all documents lie that satisfy some constraints. */
record IndexScan(CollectionIndex index, List<Interval> intervals, int points, boolean ranged) {

    private static final int MAX_INTERVALS = 1_000;

    /** A part of an index. */
    record Interval(IndexKey from, IndexKey to) {}

    /** The scan of as many leading fields as have constraints; of all the index when the first has none. */
    static IndexScan of(CollectionIndex index, Constraints constraints, boolean sameCollation) {
        List<@Nullable Object[]> prefixes = new ArrayList<>();
        prefixes.add(new Object[0]);
        int field = 0;
        int fields = index.paths().size();
        FieldConstraint range = null;
        while (field < fields) {
            FieldConstraint constraint = usable(index, field, constraints, sameCollation);
            List<@Nullable Object> points = constraint == null ? null : constraint.points();
            if (points == null || prefixes.size() * (long) points.size() > MAX_INTERVALS) {
                range = constraint != null && constraint.range() ? constraint : null;
                break;
            }
            prefixes = times(prefixes, points);
            field++;
        }
        List<Interval> intervals = new ArrayList<>(prefixes.size());
        for (@Nullable Object[] prefix : prefixes) {
            intervals.add(
                    range == null
                            ? new Interval(IndexKey.before(prefix), IndexKey.after(prefix))
                            : new Interval(range.from(prefix), range.to(prefix, index.multikey(field))));
        }
        return new IndexScan(index, intervals, field, range != null);
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
        return points > 0 || ranged;
    }

    /** Whether every field that the other scan constrains is constrained by this one. */
    boolean constrainsAllOf(IndexScan other) {
        return constrained().containsAll(other.constrained());
    }

    private List<String> constrained() {
        return index.paths().subList(0, points + (ranged ? 1 : 0)).stream()
                .map(FieldPath::text)
                .toList();
    }

    /** The number of entries, counted no further than {@code limit}. */
    int count(int limit) {
        int count = 0;
        for (Interval interval : intervals) {
            for (IndexKey ignored : index.range(interval.from(), interval.to())) {
                if (++count >= limit) {
                    return count;
                }
            }
        }
        return count;
    }
}
