package clearml.acceptance;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Where the server under test answers and who may call it.
 *
 * @param user credentials of a caller with role user
 * @param system credentials of a caller with role system
 * @param standalone whether these tests started it, so that they may start others like it
 */
record Server(URI api, URI files, Credentials user, Credentials system, boolean standalone) {

    private static Server running;
    private static StandaloneServer started;

    /** The one server of this JVM: the one named by the environment, else one that is started now. */
    static synchronized Server underTest() {
        if (running == null) {
            running = named().orElseGet(Server::start);
        }
        return running;
    }

    private static Server start() {
        started = StandaloneServer.start("default");
        return started.server();
    }

    /** The API of a second server on the stores of the one under test: the one that is named, else one started now. */
    static synchronized URI second() {
        underTest();
        return Settings.find("test.second.api").map(URI::create).orElseGet(() -> {
            Assumptions.assumeTrue(started != null, "TEST_SECOND_API names no second server");
            return SecondApiServer.start(started);
        });
    }

    /** The MongoDB under the server that these tests started. */
    static synchronized String mongo() {
        underTest();
        Assumptions.assumeTrue(started != null, "the stores of a server that others started are not ours");
        return started.store("mongodb://[^/]+");
    }

    private static Optional<Server> named() {
        return Settings.find("test.api")
                .map(api -> new Server(
                        URI.create(api),
                        URI.create(Settings.find("test.files").orElse("http://localhost:8081")),
                        new Credentials(
                                Settings.find("test.access.key").orElse(ShippedDefaults.USER.key()),
                                Settings.find("test.secret.key").orElse(ShippedDefaults.USER.secret())),
                        new Credentials(
                                Settings.find("test.system.access.key").orElse(ShippedDefaults.SYSTEM.key()),
                                Settings.find("test.system.secret.key").orElse(ShippedDefaults.SYSTEM.secret())),
                        false));
    }
}
