package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The keys of an index that a document gets and loses by a change. */
record KeyChange(List<@Nullable Object[]> added, List<@Nullable Object[]> removed) {

    private static final KeyChange NONE = new KeyChange(List.of(), List.of());

    /** The difference; a key that occurs several times counts as often. */
    static KeyChange of(List<@Nullable Object[]> before, List<@Nullable Object[]> after, Collation collation) {
        if (before.size() == 1 && after.size() == 1) {
            return same(before.get(0), after.get(0), collation) ? NONE : new KeyChange(after, before);
        }
        TreeMap<IndexKey, Integer> left = new TreeMap<>(IndexKey.order(collation));
        before.forEach(key -> left.merge(new IndexKey(key, null, 0), 1, Integer::sum));
        List<@Nullable Object[]> added = new ArrayList<>();
        for (@Nullable Object[] key : after) {
            IndexKey entry = new IndexKey(key, null, 0);
            if (left.containsKey(entry)) {
                left.computeIfPresent(entry, (same, count) -> count == 1 ? null : count - 1);
            } else {
                added.add(key);
            }
        }
        List<@Nullable Object[]> removed = new ArrayList<>();
        left.forEach((entry, count) -> {
            for (int i = 0; i < count; i++) {
                removed.add(entry.values());
            }
        });
        return new KeyChange(added, removed);
    }

    private static boolean same(@Nullable Object[] a, @Nullable Object[] b, Collation collation) {
        for (int i = 0; i < a.length; i++) {
            if (!Values.equal(a[i], b[i], collation)) {
                return false;
            }
        }
        return true;
    }
}
