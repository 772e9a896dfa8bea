package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Errors;
import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command {@code aggregate}. */
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
            throw Errors.unsupported("aggregate on a database");
        }
        Namespace namespace = request.namespace();
        Aggregation aggregation = new Aggregation(catalog, request.database(), request.collation());
        Document cursor = request.document("cursor");
        return cursors.first(
                namespace.toString(),
                aggregation.contents(namespace.collection(), stages),
                content -> new RawDocument(content.whole()),
                cursor.get("batchSize"),
                false);
    }
}
