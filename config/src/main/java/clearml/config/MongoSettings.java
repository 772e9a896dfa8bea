package clearml.config;

/**
 * Connection URLs of the two databases, and their names: the path of the URL, else {@code backend} and {@code auth}.
 * A connection string with a path therefore puts both into one database.
 */
public record MongoSettings(String backendUrl, String backendDatabase, String authUrl, String authDatabase) {

    private static final String CONNECTION_STRING = "CLEARML_MONGODB_SERVICE_CONNECTION_STRING";

    static MongoSettings of(ServerConfig config) {
        MongoUrl backend = url(config, "hosts.mongo.backend.host");
        MongoUrl auth = url(config, "hosts.mongo.auth.host");
        return new MongoSettings(
                backend.text(),
                backend.database().orElse("backend"),
                auth.text(),
                auth.database().orElse("auth"));
    }

    private static MongoUrl url(ServerConfig config, String path) {
        var whole = config.environment(CONNECTION_STRING);
        return whole.isPresent()
                ? MongoUrl.parse(whole.get(), "environment variable " + CONNECTION_STRING)
                : MongoUrl.parse(config.string(path), path).with(config);
    }

    /** Without the URLs, which may hold a password. */
    @Override
    public String toString() {
        return "MongoSettings[" + backendDatabase + ", " + authDatabase + "]";
    }
}
