package clearml.embedded.mongo;

import clearml.embedded.mongo.language.FieldPath;
import clearml.embedded.mongo.language.Values;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The top-level fields of a collection that have an index: what lists filter, order and group by. Their values are kept
 * decoded beside the bytes of a document once a query has looked at them, as looking for them among the bytes is most of
 * the work of a query that goes over thousands of documents. Only small values that nobody can change are kept.
 */
final class KeptFields {

    /** Stands for a value that must be read from the bytes. */
    static final Object ELSEWHERE = new Object();

    private static final int LONGEST = 128;

    private final List<String> names;
    private final FieldNames encoded;
    private final CommonValues common;

    private KeptFields(Set<String> names, CommonValues common) {
        this.names = List.copyOf(names);
        this.encoded = new FieldNames(this.names);
        this.common = common;
    }

    static KeptFields of(Collection<CollectionIndex> indexes, CommonValues common) {
        Set<String> names = new LinkedHashSet<>();
        for (CollectionIndex index : indexes) {
            if (!index.spec().text()) {
                for (FieldPath path : index.paths()) {
                    if (path.text().equals(path.top())) {
                        names.add(path.top());
                    }
                }
            }
        }
        return new KeptFields(names, common);
    }

    /** Where the values of some fields are in what {@link #read} answers; null when one of them is not kept. */
    int @Nullable [] positions(Collection<String> fields) {
        int[] positions = new int[fields.size()];
        int next = 0;
        for (String field : fields) {
            int position = names.indexOf(field);
            if (position < 0) {
                return null;
            }
            positions[next++] = position;
        }
        return positions;
    }

    String name(int position) {
        return names.get(position);
    }

    /** The values of a document: {@link Values#MISSING} for those it has not. */
    @Nullable
    Object[] read(Content content) {
        @Nullable Object[] values = new BsonReader(content).values(encoded, LONGEST);
        for (int i = 0; i < values.length; i++) {
            values[i] = common.one(name(i), values[i]);
        }
        return values;
    }
}
