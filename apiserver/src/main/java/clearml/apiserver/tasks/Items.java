package clearml.apiserver.tasks;

import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Stored items of hyperparameters and configurations. */
final class Items {

    private static final String MARKER = "_cls";

    private Items() {}

    /** Nulls are not stored. */
    static void putIfGiven(Document item, String name, @Nullable Object value) {
        if (value != null) {
            item.put(name, value);
        }
    }

    /** The item without the mark that the reference stores in some of them. */
    static Document withoutMarker(Document item) {
        item.remove(MARKER);
        return item;
    }

    /** A copy of a stored value without any such marks. */
    static @Nullable Object withoutMarkers(@Nullable Object value) {
        if (value instanceof Document document) {
            Document copy = new Document();
            document.forEach((name, member) -> {
                if (!name.equals(MARKER)) {
                    copy.put(name, withoutMarkers(member));
                }
            });
            return copy;
        }
        return value instanceof List<?> items ? new ArrayList<>(items) : value;
    }
}
