package clearml.embedded.mongo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A MongoDB server in this JVM. It answers the wire protocol of a standalone 7.0 as far as this project needs it, on an
 * address without authentication, and keeps its data in the file {@code mongo.mv} of a folder, the newest changes in
 * {@code mongo.mv.journal}. An acknowledged write survives a killed process.
 */
public final class EmbeddedMongo implements AutoCloseable {

    private final StoreFile file;
    private final WireServer server;
    private final String host;

    private EmbeddedMongo(StoreFile file, WireServer server, String host) {
        this.file = file;
        this.server = server;
        this.host = host;
    }

    /**
     * Opens the data folder, making it when it is not there, and listens.
     *
     * @param port 0 for a free one
     * @throws IllegalStateException when the folder is in use by another process or its file cannot be read
     * @throws java.net.BindException (sneakily) when the port is taken
     */
    public static EmbeddedMongo start(Path dataFolder, String host, int port) {
        try {
            Files.createDirectories(dataFolder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the data folder " + dataFolder, e);
        }
        StoreFile file = StoreFile.open(dataFolder.resolve("mongo.mv"));
        try {
            Commands commands = new Commands(new Catalog(file));
            return new EmbeddedMongo(file, WireServer.listen(host, port, commands), host);
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** The URI of this server, without a database. */
    public String connectionString() {
        return "mongodb://" + host + ":" + port();
    }

    /** Ends connections and closes the file. */
    @Override
    public void close() {
        server.close();
        file.close();
    }
}
