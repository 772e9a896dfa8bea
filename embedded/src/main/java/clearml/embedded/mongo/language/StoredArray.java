package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.AbstractList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A long array as it is stored. Nothing is decoded but the elements that are asked for, and a changed array shares with
 * the old one what they have in common. It never changes itself.
 */
public abstract class StoredArray extends AbstractList<@Nullable Object> {

    /** The array with other elements in place of those from {@code from} to before {@code to}. */
    public abstract StoredArray spliced(int from, int to, List<?> inserted);

    /**
     * The first element from {@code from} on that is a document in which a field is a text; -1 when there is none.
     *
     * @param text null when that cannot be told from the field alone
     * @param other asked about documents that have something else in the field that may be, or hold, the text
     */
    public abstract int indexOf(int from, String field, @Nullable String text, Predicate<Document> other);

    @Override
    public StoredArray subList(int from, int to) {
        return spliced(to, size(), List.of()).spliced(0, from, List.of());
    }
}
