package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Where stages that join get the documents of other collections of the same database. */
public interface Source {

    /** No collections: for pipelines on one document. */
    Source NONE = new Source() {
        @Override
        public Stream<Document> find(String collection, Document filter) {
            throw Errors.badValue("no other collection can be read here");
        }

        @Override
        public Supplier<Stream<Document>> pipeline(String collection, List<?> stages) {
            return () -> find(collection, new Document());
        }
    };

    /** The documents of a collection that satisfy the filter. */
    Stream<Document> find(String collection, Document filter);

    /** A compiled pipeline on a collection; what it makes of that each time it is run. */
    Supplier<Stream<Document>> pipeline(String collection, List<?> stages);
}
