package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.Errors;
import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import org.jspecify.annotations.Nullable;

/** A command as it came. */
record Request(String database, String name, Document body) {

    @Nullable
    Object get(String field) {
        return body.get(field);
    }

    Document document(String field) {
        return body.get(field) instanceof Document d ? d : new Document();
    }

    boolean flag(String field, boolean otherwise) {
        Object value = body.get(field);
        return value == null ? otherwise : Values.truthy(value);
    }

    Collation collation() {
        return Collation.of(body.get("collation"));
    }

    /** The collection that the command names as its own argument. */
    Namespace namespace() {
        if (body.get(name) instanceof String collection) {
            if (collection.isEmpty()) {
                throw new MongoServerError(73, "InvalidNamespace", "Invalid namespace specified '" + database + ".'");
            }
            return new Namespace(database, collection);
        }
        throw Errors.badValue("collection name has invalid type");
    }
}
