package clearml.embedded.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The server that the contract is checked on: the embedded one, or the one named by TEST_MONGO_URI. */
final class MongoServer {

    static final MongoClient CLIENT = MongoClients.create(uri());

    private MongoServer() {}

    static boolean embedded() {
        return System.getenv("TEST_MONGO_URI") == null;
    }

    private static String uri() {
        if (!embedded()) {
            return System.getenv("TEST_MONGO_URI");
        }
        try {
            Path folder = Files.createTempDirectory("embedded-mongo");
            EmbeddedMongo server = EmbeddedMongo.start(folder, "127.0.0.1", 0);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server.connectionString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
