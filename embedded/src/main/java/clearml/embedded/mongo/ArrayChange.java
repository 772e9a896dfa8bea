package clearml.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of nothing in an index but a long array: its keys change by those of the elements that are new or gone. */
record ArrayChange(CollectionIndex index, Document before, Document after, String field, ArrayDifference difference) {

    /** Null when the keys must be made of all elements. */
    static @Nullable ArrayChange of(CollectionIndex index, Document before, Document after, Set<String> touched) {
        String field = null;
        for (String top : index.topFields()) {
            if (touched.contains(top)) {
                if (field != null) {
                    return null;
                }
                field = top;
            }
        }
        if (field == null
                || !index.everyElementHasItsOwnKeys(field)
                || !(before.get(field) instanceof ChunkedArray old)
                || !(after.get(field) instanceof ChunkedArray changed)) {
            return null;
        }
        ArrayDifference difference = ArrayDifference.of(old, changed);
        return difference == null ? null : new ArrayChange(index, before, after, field, difference);
    }

    List<@Nullable Object[]> keysBefore() {
        return keys(before, difference.gone());
    }

    List<@Nullable Object[]> keysAfter() {
        return keys(after, difference.added());
    }

    private List<@Nullable Object[]> keys(Document document, List<Document> elements) {
        if (elements.isEmpty()) {
            return List.of();
        }
        Document some = document.clone();
        some.put(field, elements);
        return index.keys(some);
    }
}
