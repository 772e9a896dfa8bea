package clearml.apiserver.query;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.FindIterable;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CountOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Answers the list and get requests of all entities. The request is the parsed JSON as the client sent it; keys that
 * filter nothing are ignored.
 *
 * <p>Errors: 400/11, 12, 14, 16, 20 and 21 for requests that ask for what there is not, 500/100 for a query that takes
 * too long.
 */
public final class EntityQueries {

    private static final Collation NUMERIC =
            Collation.builder().locale("en_US").numericOrdering(true).build();

    private static final int LARGEST_BATCH = 2_000;
    /** Of whole documents; a batch is in memory a second time while it comes. */
    private static final int LARGEST_WHOLE_BATCH = 100;

    private final EntityDocuments documents;
    private final ScrollStates scrolls;
    private final QueryLimits limits;
    private final Lookups lookups;

    public EntityQueries(MongoStores stores, ScrollStates scrolls, QueryLimits limits) {
        this.documents = new EntityDocuments(stores, limits);
        this.scrolls = scrolls;
        this.limits = limits;
        this.lookups = new Lookups(documents);
    }

    /** The plain form ({@code get_all}): references are ids, and a row has just the fields asked for. */
    public Page getAll(EntityModel model, Map<String, ?> request, Scope scope) {
        return list(model, request, scope, ProjectionPaths.of(model, request, false), null);
    }

    /** The joined form ({@code get_all_ex}, {@code get_by_id_ex}): references are objects, every row has an id. */
    public Page getAllJoined(EntityModel model, Map<String, ?> request, Scope scope) {
        return list(model, request, scope, ProjectionPaths.of(model, request, true), new Joins());
    }

    /** One document in the plain form, without the fields that are hidden by default. */
    public Optional<Map<String, Object>> getById(EntityModel model, String id, Scope scope) {
        return one(model, id, scope, ProjectionPaths.of(model, List.of(), false));
    }

    /** One document in the plain form with all fields. */
    public Optional<Map<String, Object>> getWholeById(EntityModel model, String id, Scope scope) {
        return one(model, id, scope, Projection.ALL);
    }

    /**
     * How many documents a list request would find.
     *
     * @param limit how far is counted; 0 for all
     */
    public long count(EntityModel model, Map<String, ?> request, Scope scope, int limit) {
        Document condition = Conditions.of(model, request, scope);
        return count(model, condition, Order.of(model, request), limit);
    }

    /** The condition that a list request and a scope amount to, for counting and aggregating. */
    public Document condition(EntityModel model, Map<String, ?> request, Scope scope) {
        return Conditions.of(model, request, scope);
    }

    private Optional<Map<String, Object>> one(EntityModel model, String id, Scope scope, Projection projection) {
        Document condition = Clauses.all(scope.and(new Document("_id", id)).of(model));
        // The reader drops what is hidden: cheaper for one document than a projection, which the store has to build.
        return Optional.ofNullable(documents.find(model, condition, null).first())
                .map(document -> new EntityReader(model, null).read(document, projection));
    }

    private Page list(
            EntityModel model, Map<String, ?> request, Scope scope, Projection projection, @Nullable Joins joins) {
        Document condition = Conditions.of(model, request, scope);
        Order order = Order.of(model, request);
        Scroll scroll = Scroll.isAsked(request) ? Scroll.of(request, scrolls) : null;
        Paging paging = scroll == null ? Paging.of(request, limits.maxPageSize()) : scroll.paging();
        List<RawBsonDocument> stored = part(model, condition, order, paging, projection);
        EntityReader reader = new EntityReader(model, joins);
        if (scroll != null) {
            scroll.answered(stored.size(), scrolls);
        }
        Page page = new Page(new Rows(stored, reader, projection), scroll == null ? null : scroll.id());
        return joins == null ? page : joined(page, stored, reader, projection, joins, scope);
    }

    /** Looks up what the rows refer to. Rows of a few columns are made for that; whole ones would take too much memory. */
    private Page joined(
            Page page,
            List<RawBsonDocument> stored,
            EntityReader reader,
            Projection projection,
            Joins joins,
            Scope scope) {
        Page noted = page;
        if (!projection.isWhole()) {
            noted = page.held();
        } else {
            Projection references = projection.joined(new FieldType.Embedded(reader.fields()));
            if (references != null) {
                stored.forEach(document -> reader.read(document, references));
            }
        }
        joins.resolve(scope.withoutConditions(), lookups);
        return noted;
    }

    /** A part of a list. If empty values come last, they are a second query, and paging runs across the seam. */
    private List<RawBsonDocument> part(
            EntityModel model, Document condition, Order order, Paging paging, Projection projection) {
        Document fields = projection.forMongo(model.fields());
        if (!order.hasSeam()) {
            return fetch(model, condition, order, order.sort(), paging, fields);
        }
        Document withValue = and(condition, order.half(true));
        List<RawBsonDocument> rows = fetch(model, withValue, order, order.sort(), paging, fields);
        if (paging.limit() > 0 && rows.size() >= paging.limit()) {
            return rows;
        }
        long before = rows.isEmpty() && paging.skip() > 0 ? count(model, withValue, order, 0) : paging.skip();
        Paging others =
                new Paging(Math.max(0, paging.skip() - before), paging.limit() == 0 ? 0 : paging.limit() - rows.size());
        rows.addAll(fetch(model, and(condition, order.half(false)), order, order.sortWithoutValue(), others, fields));
        return rows;
    }

    private static Document and(Document condition, Document half) {
        return Clauses.all(List.of(condition, half));
    }

    private List<RawBsonDocument> fetch(
            EntityModel model,
            Document condition,
            Order order,
            Document sort,
            Paging paging,
            @Nullable Document fields) {
        if (paging.skip() >= Integer.MAX_VALUE) {
            return new ArrayList<>();
        }
        FindIterable<RawBsonDocument> found = documents
                .find(model, condition, fields)
                .skip((int) paging.skip())
                .limit(paging.limit())
                .batchSize(batchSize(paging, fields == null || fields.containsValue(0)));
        if (!sort.isEmpty()) {
            found.sort(sort).allowDiskUse(limits.allowDiskUse());
        }
        if (order.numeric()) {
            found.collation(NUMERIC);
        }
        return found.into(new ArrayList<>());
    }

    /** One more than wanted, so that the page comes at once and no cursor stays open. */
    private static int batchSize(Paging paging, boolean whole) {
        int largest = whole ? LARGEST_WHOLE_BATCH : LARGEST_BATCH;
        return paging.limit() == 0 ? largest : Math.min(paging.limit(), largest) + 1;
    }

    private long count(EntityModel model, Document condition, Order order, int limit) {
        CountOptions options = new CountOptions().limit(limit);
        if (order.numeric()) {
            options.collation(NUMERIC);
        }
        return documents.count(model, condition, options);
    }
}
