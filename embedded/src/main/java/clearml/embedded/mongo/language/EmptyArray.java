package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.MinKey;

/** The key of an empty array in indexes and sorts: before null. */
final class EmptyArray {

    static final Object KEY = MinKey.getInstance();

    private EmptyArray() {}
}
