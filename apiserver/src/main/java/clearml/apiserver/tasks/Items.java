package clearml.apiserver.tasks;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Stored items of hyperparameters and configurations. */
final class Items {

    private Items() {}

    /** Nulls are not stored. */
    static void putIfGiven(Document item, String name, @Nullable Object value) {
        if (value != null) {
            item.put(name, value);
        }
    }

    /** The item without the mark that the reference stores in some of them. */
    static Document withoutMarker(Document item) {
        item.remove("_cls");
        return item;
    }
}
