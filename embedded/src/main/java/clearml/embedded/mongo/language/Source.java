package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.stream.Stream;

/** Where stages that join get the documents of other collections. */
public interface Source {

    /** No collections: for pipelines on one document. */
    Source NONE = (collection, filter) -> {
        throw Errors.badValue("no other collection can be read here");
    };

    /** The documents of a collection of the same database that satisfy the filter. */
    Stream<Document> find(String collection, Document filter);
}
