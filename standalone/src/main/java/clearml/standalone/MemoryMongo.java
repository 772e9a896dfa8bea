package clearml.standalone;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A MongoDB that forgets everything at the end: in place of the persistent one until that is there. */
record MemoryMongo(MongoServer server) implements AutoCloseable {

    static MemoryMongo start(String host, int port) {
        MongoServer server = new MongoServer(new MemoryBackend());
        server.bind(host, port);
        return new MemoryMongo(server);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
