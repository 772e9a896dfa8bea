package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.SortOrder;
import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/** Which documents of a collection, in which order. */
record Query(Document filter, SortOrder order, boolean backwards, int skip, int limit, Collation collation) {

    static Query of(Document filter, Collation collation) {
        return new Query(filter, SortOrder.of(null, collation), false, 0, 0, collation);
    }

    static Query of(
            @Nullable Object filter,
            @Nullable Object sort,
            @Nullable Object skip,
            @Nullable Object limit,
            Collation collation) {
        Document order = sort instanceof Document d ? d : new Document();
        boolean backwards = order.get("$natural") instanceof Number n && n.intValue() < 0;
        return new Query(
                filter == null ? new Document() : Values.document(filter, "filter"),
                SortOrder.of(order, collation),
                backwards,
                number(skip),
                Math.abs(number(limit)),
                collation);
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number n ? (int) Math.min(Integer.MAX_VALUE, n.longValue()) : 0;
    }

    /** Whether it asks for no order and no part. */
    boolean plain() {
        return order.empty() && !backwards && skip == 0 && limit == 0;
    }

    Query first() {
        return new Query(filter, order, backwards, skip, 1, collation);
    }
}
