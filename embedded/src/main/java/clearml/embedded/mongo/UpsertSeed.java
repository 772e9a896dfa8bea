package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.Update;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The document that an upsert starts from: what the filter says by equality. */
final class UpsertSeed {

    private final Document equal = new Document();

    private UpsertSeed() {}

    static Document of(Document filter) {
        UpsertSeed seed = new UpsertSeed();
        seed.collect(filter);
        if (seed.equal.isEmpty()) {
            return new Document();
        }
        return Update.of(new Document("$set", seed.equal), null, Collation.SIMPLE)
                .apply(new Document(), -1, true);
    }

    private void collect(Document filter) {
        filter.forEach((key, value) -> {
            if (key.equals("$and") && value instanceof List<?> parts) {
                parts.forEach(part -> collect((Document) part));
            } else if (key.equals("$or") && value instanceof List<?> parts && parts.size() == 1) {
                collect((Document) parts.get(0));
            } else if (!key.startsWith("$")) {
                field(key, value);
            }
        });
    }

    private void field(String path, @Nullable Object value) {
        if (value instanceof Document d
                && !d.isEmpty()
                && d.keySet().iterator().next().startsWith("$")) {
            if (d.containsKey("$eq")) {
                equal.put(path, d.get("$eq"));
            } else if (d.get("$in") instanceof List<?> one && one.size() == 1) {
                equal.put(path, one.get(0));
            } else if (d.get("$all") instanceof List<?> one && one.size() == 1) {
                equal.put(path, one.get(0));
            }
        } else if (!(value instanceof BsonRegularExpression)) {
            equal.put(path, value);
        }
    }
}
