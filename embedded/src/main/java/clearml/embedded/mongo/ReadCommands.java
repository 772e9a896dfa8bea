package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Errors;
import clearml.embedded.mongo.language.FieldPath;
import clearml.embedded.mongo.language.Filter;
import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** find, count, distinct and explain. */
final class ReadCommands {

    private final Catalog catalog;
    private final Cursors cursors;

    ReadCommands(Catalog catalog, Cursors cursors) {
        this.catalog = catalog;
        this.cursors = cursors;
    }

    void register(Commands commands) {
        commands.add("find", this::find);
        commands.add("count", this::count);
        commands.add("distinct", this::distinct);
        commands.add("explain", this::explain);
    }

    private static Query query(Request request) {
        return Query.of(
                request.get("filter"),
                request.get("sort"),
                request.get("skip"),
                request.get("limit"),
                request.collation());
    }

    private Document find(Request request) {
        Namespace namespace = request.namespace();
        Query query = query(request);
        checkNumber(request, "skip");
        checkNumber(request, "limit");
        StoredCollection collection = catalog.find(namespace);
        if (collection == null) {
            Filter.of(query.filter(), query.collation(), List.of("_id"));
            return Cursors.answer(0, namespace.toString(), "firstBatch", List.of());
        }
        CollectionReader reader = new CollectionReader(collection);
        List<Content> found = reader.find(query).stream().map(Match::content).toList();
        Function<Content, Object> shape =
                Shapes.of(request.document("projection"), reader.compile(query), query.collation());
        return cursors.first(
                namespace.toString(), found, shape, request.get("batchSize"), request.flag("singleBatch", false));
    }

    private static void checkNumber(Request request, String field) {
        if (request.get(field) instanceof Number n && n.longValue() < 0) {
            throw Errors.location(51024, "BSON field '" + field + "' value must be >= 0, actual value '" + n + "'");
        }
    }

    private Document count(Request request) {
        Object filter = request.get("query");
        Query query = Query.of(filter, null, request.get("skip"), request.get("limit"), request.collation());
        StoredCollection collection = catalog.find(request.namespace());
        return new Document("n", collection == null ? 0 : new CollectionReader(collection).count(query));
    }

    private Document distinct(Request request) {
        if (!(request.get("key") instanceof String key)) {
            throw Errors.typeMismatch("BSON field 'distinct.key' is the wrong type, expected type 'string'");
        }
        Query query = Query.of(request.get("query"), null, null, null, request.collation());
        TreeSet<@Nullable Object> values = new TreeSet<>((a, b) -> Values.compare(a, b, query.collation()));
        StoredCollection collection = catalog.find(request.namespace());
        if (collection != null) {
            FieldPath path = FieldPath.of(key);
            Excerpt excerpt = Excerpt.of(Set.of(path.top()), collection.kept());
            new CollectionReader(collection)
                    .find(query)
                    .forEach(match -> path.addDistinct(excerpt.passing(match.version()), values));
        }
        return new Document("values", List.copyOf(new ArrayList<>(values)));
    }

    private Document explain(Request request) {
        Document inner = request.document("explain");
        Request explained =
                new Request(request.database(), inner.keySet().iterator().next(), inner);
        if (!explained.name().equals("find")) {
            throw Errors.unsupported("explain of " + explained.name());
        }
        StoredCollection collection = catalog.find(explained.namespace());
        if (collection == null) {
            throw new MongoServerError(26, "NamespaceNotFound", "no collection " + explained.namespace());
        }
        String stage = new CollectionReader(collection).explain(query(explained));
        return new Document("queryPlanner", new Document("winningPlan", new Document("stage", stage)));
    }
}
