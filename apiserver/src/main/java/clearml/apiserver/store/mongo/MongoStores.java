package clearml.apiserver.store.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;

/**
 * The two databases of the server.
 *
 * @param backend tasks, projects, models, queues, users ...
 * @param auth users with their credentials
 */
public record MongoStores(MongoDatabase backend, MongoDatabase auth) {

    /** A collection of the backend database. */
    public MongoCollection<Document> backend(String collection) {
        return backend.getCollection(collection);
    }

    /** A collection of the auth database. */
    public MongoCollection<Document> auth(String collection) {
        return auth.getCollection(collection);
    }
}
