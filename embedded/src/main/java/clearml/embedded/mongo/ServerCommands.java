package clearml.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the server says about itself. It is a standalone 7.0: no replica set, so no transactions or retried writes. */
final class ServerCommands {

    private static final List<Integer> VERSION = List.of(7, 0, 22, 0);
    private static final String VERSION_TEXT = "7.0.22";
    private static final int WIRE_VERSION = 21;
    private static final int MAX_BATCH = 100_000;
    private static final int MAX_DOCUMENT = 16 * 1024 * 1024;
    private static final int MAX_MESSAGE = 48_000_000;

    private final Catalog catalog;
    private final Instant started = Instant.now();
    private volatile String compatibility = "7.0";

    ServerCommands(Catalog catalog) {
        this.catalog = catalog;
    }

    void register(Commands commands) {
        commands.add("hello", request -> hello("isWritablePrimary"));
        commands.add("isMaster", request -> hello("ismaster"));
        commands.add("ping", request -> new Document());
        commands.add("buildInfo", request -> buildInfo());
        commands.add("serverStatus", request -> status());
        commands.add("hostInfo", request -> new Document("system", new Document("currentTime", Instant.now())));
        commands.add("endSessions", request -> new Document());
        commands.add("killSessions", request -> new Document());
        commands.add("refreshSessions", request -> new Document());
        commands.add(
                "startSession",
                request -> new Document("timeoutMinutes", 30).append("id", new Document("id", UUID.randomUUID())));
        commands.add("getLastError", request -> new Document("err", null));
        commands.add(
                "connectionStatus",
                request -> new Document(
                        "authInfo",
                        new Document("authenticatedUsers", List.of()).append("authenticatedUserRoles", List.of())));
        commands.add("getCmdLineOpts", request -> new Document("argv", List.of()).append("parsed", new Document()));
        commands.add("getParameter", this::parameter);
        commands.add("setFeatureCompatibilityVersion", this::setCompatibility);
    }

    private static Document hello(String writable) {
        return new Document("helloOk", true)
                .append(writable, true)
                .append("maxBsonObjectSize", MAX_DOCUMENT)
                .append("maxMessageSizeBytes", MAX_MESSAGE)
                .append("maxWriteBatchSize", MAX_BATCH)
                .append("localTime", Instant.now())
                .append("logicalSessionTimeoutMinutes", 30)
                .append("minWireVersion", 0)
                .append("maxWireVersion", WIRE_VERSION)
                .append("readOnly", false);
    }

    private static Document buildInfo() {
        return new Document("version", VERSION_TEXT)
                .append("gitVersion", "none")
                .append("modules", List.of())
                .append("versionArray", VERSION)
                .append("bits", 64)
                .append("debug", false)
                .append("maxBsonObjectSize", MAX_DOCUMENT)
                .append("storageEngines", List.of("mvstore"));
    }

    private Document status() {
        long up = Instant.now().toEpochMilli() - started.toEpochMilli();
        return new Document("version", VERSION_TEXT)
                .append("process", "embedded")
                .append("pid", ProcessHandle.current().pid())
                .append("uptime", up / 1000.0)
                .append("uptimeMillis", up)
                .append("localTime", Instant.now())
                .append("storageEngine", new Document("name", "mvstore").append("persistent", true))
                .append("fileSize", catalog.file().size());
    }

    private Document parameter(Request request) {
        Document answer = new Document();
        if (request.flag("featureCompatibilityVersion", false)) {
            answer.put("featureCompatibilityVersion", new Document("version", compatibility));
        }
        return answer;
    }

    private Document setCompatibility(Request request) {
        compatibility = String.valueOf(request.get("setFeatureCompatibilityVersion"));
        return new Document();
    }
}
