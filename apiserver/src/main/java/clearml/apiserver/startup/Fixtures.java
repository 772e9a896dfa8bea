package clearml.apiserver.startup;

import clearml.apiserver.call.Call;
import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** What every installation has: the server's own id, the company, a queue. */
@Component
class Fixtures {

    private final MongoStores stores;
    private final String company;

    Fixtures(MongoStores stores, ServerConfig config) {
        this.stores = stores;
        this.company = config.defaultCompany();
    }

    void create() {
        insertUnlessThere(
                stores.backend("settings"),
                "server.uuid",
                new Document("value", UUID.randomUUID().toString()));
        insertUnlessThere(
                stores.backend("company"),
                company,
                new Document("name", "clearml")
                        .append("defaults", new Document("stats_option", new Document("enabled", false))));
        createQueue();
    }

    private static void insertUnlessThere(MongoCollection<Document> collection, String id, Document fields) {
        collection.updateOne(
                Filters.eq("_id", id), new Document("$setOnInsert", fields), new UpdateOptions().upsert(true));
    }

    private void createQueue() {
        MongoCollection<Document> queues = stores.backend("queue");
        if (queues.find(Filters.eq("company", company)).first() != null) {
            return;
        }
        Date now = new Date();
        queues.updateOne(
                Filters.and(Filters.eq("name", "default"), Filters.eq("company", company)),
                Updates.combine(
                        Updates.setOnInsert("_id", Call.newId()),
                        Updates.setOnInsert("created", now),
                        Updates.setOnInsert("tags", List.of()),
                        Updates.setOnInsert("system_tags", List.of("default")),
                        Updates.setOnInsert("entries", List.of()),
                        Updates.setOnInsert("last_update", now),
                        Updates.setOnInsert("metadata", new Document())),
                new UpdateOptions().upsert(true));
    }
}
