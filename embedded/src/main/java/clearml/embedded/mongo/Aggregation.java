package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.Pipeline;
import clearml.embedded.mongo.language.Source;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs pipelines on the collections of a database. Leading {@code $match}, {@code $sort}, {@code $skip} and
 * {@code $limit} stages become a query that can use indexes, also in the pipelines inside of {@code $unionWith}.
 */
final class Aggregation implements Source {

    private final Catalog catalog;
    private final String database;
    private final Collation collation;

    Aggregation(Catalog catalog, String database, Collation collation) {
        this.catalog = catalog;
        this.database = database;
        this.collation = collation;
    }

    /** The results; whole documents as they are stored where no stage makes others. */
    List<Content> contents(String name, List<@Nullable Object> stages) {
        Pipeline.of(stages, collation, this);
        StoredCollection collection = catalog.find(new Namespace(database, name));
        LeadingStages leading = LeadingStages.of(stages, collation);
        if (collection != null && leading.rest().isEmpty()) {
            return new CollectionReader(collection)
                    .find(leading.query()).stream().map(Match::content).toList();
        }
        return documents(collection, leading)
                .map(document -> new Content(BsonBytes.encode(document)))
                .toList();
    }

    @Override
    public Stream<Document> aggregate(String name, List<?> stages) {
        return documents(catalog.find(new Namespace(database, name)), LeadingStages.of(stages, collation));
    }

    @Override
    public Stream<Document> find(String name, Document filter) {
        return aggregate(name, List.of(new Document("$match", filter)));
    }

    private Stream<Document> documents(@Nullable StoredCollection collection, LeadingStages leading) {
        Set<String> fields = Pipeline.fields(leading.rest(), collation);
        return Pipeline.of(leading.rest(), collation, this)
                .apply(
                        collection == null
                                ? Stream.of()
                                : new CollectionReader(collection).excerpts(leading.query(), fields));
    }
}
