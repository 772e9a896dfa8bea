package clearml.apiserver.store.mongo;

import org.bson.Document;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether MongoDB answers: component {@code mongo} of the health page. */
@Component("mongoHealthIndicator")
class MongoHealth extends AbstractHealthIndicator {

    private final MongoStores stores;

    MongoHealth(MongoStores stores) {
        super("MongoDB does not answer");
        this.stores = stores;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        stores.backend().runCommand(new Document("ping", 1));
        health.up();
    }
}
