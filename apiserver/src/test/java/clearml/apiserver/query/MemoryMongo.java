package clearml.apiserver.query;

import clearml.apiserver.store.mongo.MongoStores;
import clearml.embedded.mongo.EmbeddedMongo;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.springframework.util.FileSystemUtils;

/** A MongoDB in this process, empty at the start. */
public final class MemoryMongo implements AutoCloseable {

    private final Path folder = newFolder();
    private final EmbeddedMongo server = EmbeddedMongo.start(folder, "127.0.0.1", 0);
    private final String url = server.connectionString();
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
        server.close();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("mongo");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
