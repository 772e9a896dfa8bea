package clearml.apiserver.query;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.AggregateIterable;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** The stored documents of entities, as they are on the wire; whatever is asked about them has the time limit of lists. */
final class EntityDocuments {

    private final MongoStores stores;
    private final QueryLimits limits;

    EntityDocuments(MongoStores stores, QueryLimits limits) {
        this.stores = stores;
        this.limits = limits;
    }

    /** @param fields null for whole documents */
    FindIterable<RawBsonDocument> find(EntityModel model, Document condition, @Nullable Document fields) {
        return of(model).find(condition).projection(fields).maxTime(maxMs(), TimeUnit.MILLISECONDS);
    }

    AggregateIterable<RawBsonDocument> aggregate(EntityModel model, List<Document> stages) {
        return of(model).aggregate(stages).maxTime(maxMs(), TimeUnit.MILLISECONDS);
    }

    long count(EntityModel model, Document condition, CountOptions options) {
        return of(model).countDocuments(condition, options.maxTime(maxMs(), TimeUnit.MILLISECONDS));
    }

    private long maxMs() {
        return limits.maxTime().toMillis();
    }

    private MongoCollection<RawBsonDocument> of(EntityModel model) {
        return stores.backend(model.collection()).withDocumentClass(RawBsonDocument.class);
    }
}
