package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.Pipeline;
import clearml.embedded.mongo.language.Source;
import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** aggregate: leading $match, $sort, $skip and $limit stages become a query that can use indexes. */
final class AggregateCommand {

    private final Catalog catalog;
    private final Cursors cursors;

    AggregateCommand(Catalog catalog, Cursors cursors) {
        this.catalog = catalog;
        this.cursors = cursors;
    }

    void register(Commands commands) {
        commands.add("aggregate", this::aggregate);
    }

    private Document aggregate(Request request) {
        List<@Nullable Object> stages = Values.list(request.get("pipeline"), "'pipeline' option");
        if (request.get("aggregate") instanceof Number) {
            throw clearml.embedded.mongo.language.Errors.unsupported("aggregate on a database");
        }
        Namespace namespace = request.namespace();
        Collation collation = request.collation();
        Source source = (name, filter) -> find(new Namespace(request.database(), name), filter, collation);
        Pipeline.of(stages, collation, source);
        StoredCollection collection = catalog.find(namespace);
        List<Content> results = collection == null
                ? run(stages, collation, source, Stream.of())
                : run(collection, stages, collation, source);
        Document cursor = request.document("cursor");
        return cursors.first(
                namespace.toString(),
                results,
                content -> new RawDocument(content.whole()),
                cursor.get("batchSize"),
                false);
    }

    private Stream<Document> find(Namespace namespace, Document filter, Collation collation) {
        StoredCollection collection = catalog.find(namespace);
        return collection == null
                ? Stream.of()
                : new CollectionReader(collection)
                        .find(Query.of(filter, collation)).stream()
                                .map(match -> match.content().decode());
    }

    private static List<Content> run(
            StoredCollection collection, List<@Nullable Object> stages, Collation collation, Source source) {
        LeadingStages leading = LeadingStages.of(stages, collation);
        List<Match> found = new CollectionReader(collection).find(leading.query());
        if (leading.rest().isEmpty()) {
            return found.stream().map(Match::content).toList();
        }
        Excerpt excerpt = Excerpt.of(Pipeline.fields(leading.rest(), collation), collection.kept());
        return run(leading.rest(), collation, source, found.stream().map(match -> excerpt.of(match.version())));
    }

    private static List<Content> run(List<?> stages, Collation collation, Source source, Stream<Document> documents) {
        return Pipeline.of(stages, collation, source)
                .apply(documents)
                .map(document -> new Content(BsonBytes.encode(document)))
                .toList();
    }
}
