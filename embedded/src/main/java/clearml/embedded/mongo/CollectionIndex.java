package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.FieldPath;
import clearml.embedded.mongo.language.Filter;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** An index in memory. Readers need no lock; writers hold the collection's. */
final class CollectionIndex {

    private final IndexSpec spec;
    private final List<FieldPath> paths;
    private final Collation collation;
    private final CommonValues common;
    private final @Nullable Filter partial;
    private final Set<String> topFields;
    private final ConcurrentSkipListSet<IndexKey> entries;
    /** By field: whether some document has an array there, so that it has several entries. */
    private final boolean[] multikey;
    /** How often more a document has an entry, as several elements of its array may give the same. */
    private final TreeMap<IndexKey, Integer> repeated;

    CollectionIndex(IndexSpec spec, CommonValues common) {
        this.spec = spec;
        this.common = common;
        this.paths = spec.paths();
        this.collation = spec.collation();
        this.partial = spec.partialFilter();
        this.topFields = spec.topFields();
        this.entries = new ConcurrentSkipListSet<>(IndexKey.order(collation));
        this.multikey = new boolean[paths.size()];
        this.repeated = new TreeMap<>(IndexKey.order(collation));
    }

    IndexSpec spec() {
        return spec;
    }

    List<FieldPath> paths() {
        return paths;
    }

    Collation collation() {
        return collation;
    }

    Set<String> topFields() {
        return topFields;
    }

    /** Whether every document is in it. */
    boolean complete() {
        return partial == null && !spec.sparse() && !spec.text();
    }

    boolean multikey(int field) {
        return multikey[field];
    }

    /** Whether the keys of an array are those of its elements, which are documents, each for itself. */
    boolean everyElementHasItsOwnKeys(String field) {
        return partial == null
                && !spec.sparse()
                && paths.stream().filter(path -> path.top().equals(field)).count() == 1
                && paths.stream().allMatch(path -> !path.top().equals(field) || path.intoDocuments());
    }

    NavigableSet<IndexKey> range(IndexKey from, IndexKey to) {
        if (entries.comparator().compare(from, to) > 0) {
            return Collections.emptyNavigableSet();
        }
        return entries.subSet(from, true, to, true);
    }

    int size() {
        return entries.size();
    }

    /** The keys of a document, none when the index leaves it out. */
    List<@Nullable Object[]> keys(Document document) {
        if (partial != null && !partial.test(document)
                || spec.sparse() && paths.stream().noneMatch(path -> path.exists(document))) {
            return List.of();
        }
        List<@Nullable Object[]> keys = new ArrayList<>();
        keys.add(new Object[paths.size()]);
        String array = null;
        for (int i = 0; i < paths.size(); i++) {
            List<@Nullable Object> values = values(paths.get(i), document);
            if (paths.get(i).throughArray(document)) {
                String top = paths.get(i).top();
                if (array != null && !array.equals(top)) {
                    throw new MongoServerError(
                            171,
                            "CannotIndexParallelArrays",
                            "cannot index parallel arrays [" + top + "] [" + array + "]");
                }
                array = top;
                multikey[i] = true;
            }
            keys = times(keys, i, values);
        }
        return keys;
    }

    private List<@Nullable Object> values(FieldPath path, Document document) {
        List<@Nullable Object> values = path.keys(document);
        values.replaceAll(value -> value instanceof String ? common.one(path.text(), value) : value);
        return values;
    }

    private static List<@Nullable Object[]> times(
            List<@Nullable Object[]> keys, int field, List<@Nullable Object> values) {
        if (values.size() == 1) {
            keys.forEach(key -> key[field] = values.get(0));
            return keys;
        }
        List<@Nullable Object[]> more = new ArrayList<>(keys.size() * values.size());
        for (@Nullable Object[] key : keys) {
            for (Object value : values) {
                @Nullable Object[] copy = key.clone();
                copy[field] = value;
                more.add(copy);
            }
        }
        return more;
    }

    /** The first key that another document has already, when the index is unique; null when there is none. */
    @Nullable
    Object @Nullable [] violation(List<@Nullable Object[]> keys, @Nullable StoredDocument self) {
        if (!spec.unique()) {
            return null;
        }
        for (@Nullable Object[] key : keys) {
            for (IndexKey entry : entries.subSet(IndexKey.before(key), IndexKey.after(key))) {
                if (entry.document() != self) {
                    return key;
                }
            }
        }
        return null;
    }

    void add(List<@Nullable Object[]> keys, StoredDocument document) {
        keys.forEach(key -> {
            IndexKey entry = IndexKey.entry(key, document);
            if (!entries.add(entry)) {
                repeated.merge(entry, 1, Integer::sum);
            }
        });
    }

    void remove(List<@Nullable Object[]> keys, StoredDocument document) {
        keys.forEach(key -> {
            IndexKey entry = IndexKey.entry(key, document);
            if (repeated.containsKey(entry)) {
                repeated.computeIfPresent(entry, (same, more) -> more == 1 ? null : more - 1);
            } else {
                entries.remove(entry);
            }
        });
    }

    /** What becomes of a document's keys by a change, which has touched some fields. */
    KeyChange change(Document before, Document after, Set<String> touched) {
        ArrayChange array = ArrayChange.of(this, before, after, touched);
        return array == null
                ? KeyChange.of(keys(before), keys(after), collation)
                : KeyChange.of(array.keysBefore(), array.keysAfter(), collation);
    }
}
