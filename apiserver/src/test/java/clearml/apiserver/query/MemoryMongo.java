package clearml.apiserver.query;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;

/** A MongoDB in this process, empty at the start. */
public final class MemoryMongo implements AutoCloseable {

    private final MongoServer server = new MongoServer(new MemoryBackend());
    private final String url = server.bindAndGetConnectionString();
    private final MongoClient client = MongoClients.create(url);
    public final MongoStores stores = new MongoStores(client.getDatabase("backend"), client.getDatabase("auth"));

    public void insert(String collection, String... documents) {
        insert(collection, Stream.of(documents).map(Document::parse).toList());
    }

    public void insert(String collection, List<Document> documents) {
        stores.backend(collection).insertMany(documents);
    }

    public EntityQueries queries() {
        return new EntityQueries(stores, new ScrollsInMemory(), QueryLimits.DEFAULT);
    }

    /** Where it is, without a database. */
    public String url() {
        return url;
    }

    @Override
    public void close() {
        client.close();
        server.shutdownNow();
    }
}
