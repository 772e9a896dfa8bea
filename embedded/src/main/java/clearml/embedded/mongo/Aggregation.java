package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.Pipeline;
import clearml.embedded.mongo.language.Source;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.function.Supplier;
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
        Planned planned = plan(stages);
        StoredCollection collection = collection(name);
        if (collection != null && planned.rest().isEmpty()) {
            return new CollectionReader(collection)
                    .find(planned.query()).stream().map(Match::content).toList();
        }
        return documents(collection, planned)
                .map(document -> new Content(BsonBytes.encode(document)))
                .toList();
    }

    @Override
    public Supplier<Stream<Document>> pipeline(String name, List<?> stages) {
        Planned planned = plan(stages);
        return () -> documents(collection(name), planned);
    }

    @Override
    public Stream<Document> find(String name, Document filter) {
        return pipeline(name, List.of(new Document("$match", filter))).get();
    }

    /** A pipeline as a query and what is to be done with its results. */
    private record Planned(Query query, Pipeline rest) {}

    private Planned plan(List<?> stages) {
        Pipeline whole = Pipeline.of(stages, collation, this);
        LeadingStages leading = LeadingStages.of(stages, collation);
        return new Planned(leading.query(), whole.behind(leading.count()));
    }

    private @Nullable StoredCollection collection(String name) {
        return catalog.find(new Namespace(database, name));
    }

    private static Stream<Document> documents(@Nullable StoredCollection collection, Planned planned) {
        return planned.rest()
                .apply(
                        collection == null
                                ? Stream.of()
                                : new CollectionReader(collection).excerpts(planned.query(), planned.rest()));
    }
}
