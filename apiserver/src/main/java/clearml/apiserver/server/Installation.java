package clearml.apiserver.server;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The id of the installation: made once with the database, and kept as the setting {@code server.uuid}. */
@Component
class Installation {

    private final MongoCollection<Document> settings;
    private volatile @Nullable String known;

    Installation(MongoStores stores) {
        settings = stores.backend("settings");
    }

    /** A uuid with dashes, empty if the database has none. */
    String uuid() {
        String uuid = known;
        if (uuid == null) {
            Document setting = settings.find(Filters.eq("_id", "server.uuid")).first();
            uuid = setting == null ? "" : String.valueOf(setting.get("value"));
            known = uuid.isEmpty() ? null : uuid;
        }
        return uuid;
    }
}
