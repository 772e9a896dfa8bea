package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Literals;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import org.jspecify.annotations.Nullable;

/** 11000, with the message that clients take apart and the fields beside it. */
final class DuplicateKey extends MongoServerError {

    private static final long serialVersionUID = 1L;

    private final transient Document pattern;
    private final transient Document value;

    private DuplicateKey(String message, Document pattern, Document value) {
        super(11000, "DuplicateKey", message);
        this.pattern = pattern;
        this.value = value;
    }

    static DuplicateKey of(Namespace namespace, IndexSpec index, @Nullable Object[] key) {
        Document value = new Document();
        int i = 0;
        for (String field : index.key().keySet()) {
            value.put(field, key[i++]);
        }
        String message = "E11000 duplicate key error collection: " + namespace + " index: " + index.name()
                + " dup key: " + Literals.of(value);
        return new DuplicateKey(message, index.key(), value);
    }

    Document pattern() {
        return pattern;
    }

    Document value() {
        return value;
    }
}
