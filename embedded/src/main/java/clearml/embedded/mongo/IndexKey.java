package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.Values;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An entry of an index: the values and the document they were found in. Bounds have no document and may have fewer
 * values: {@code side} puts them before or after all entries that begin with their values.
 */
@SuppressWarnings("ArrayRecordComponent")
record IndexKey(@Nullable Object[] values, @Nullable StoredDocument document, int side) {

    /** A place in the order of values: before or after all values of one type. */
    record TypeEdge(int type, int side) {}

    static IndexKey entry(@Nullable Object[] values, StoredDocument document) {
        return new IndexKey(values, document, 0);
    }

    static IndexKey before(@Nullable Object... values) {
        return new IndexKey(values, null, -1);
    }

    static IndexKey after(@Nullable Object... values) {
        return new IndexKey(values, null, 1);
    }

    static Comparator<IndexKey> order(Collation collation) {
        return (a, b) -> {
            int common = Math.min(a.values.length, b.values.length);
            for (int i = 0; i < common; i++) {
                int order = compare(a.values[i], b.values[i], collation);
                if (order != 0) {
                    return order;
                }
            }
            if (a.side != 0 || b.side != 0) {
                return Integer.compare(a.side, b.side);
            }
            return Long.compare(recordId(a), recordId(b));
        };
    }

    private static long recordId(IndexKey key) {
        return key.document == null ? -1 : key.document.recordId();
    }

    private static int compare(@Nullable Object a, @Nullable Object b, Collation collation) {
        if (a instanceof TypeEdge edge) {
            int order = Integer.compare(edge.type, Values.typeOrder(b));
            return order == 0 ? edge.side : order;
        } else if (b instanceof TypeEdge) {
            return -compare(b, a, collation);
        }
        return Values.compare(a, b, collation);
    }
}
