package clearml.standalone;

import clearml.embedded.process.Ports;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the embedded stores listen, on loopback only. */
record StorePorts(int mongo, int redis, int elasticsearch) {

    static final String HOST = "127.0.0.1";

    private static final String LISTENS = HOST.replace(".", "\\.");

    /**
     * The ports of the start before, as far as they are free: other programs may know them.
     *
     * @param written what {@link #asConfiguration} gave then, or empty
     */
    static StorePorts choose(String written) {
        return new StorePorts(
                port(written, "mongodb://" + LISTENS + ":(\\d+)/backend"),
                port(written, "redis \\{\\s+apiserver \\{ host: \"" + LISTENS + "\", port: (\\d+)"),
                port(written, "events \\{ hosts: \\[\\{ host: \"" + LISTENS + "\", port: (\\d+)"));
    }

    private static int port(String written, String place) {
        Matcher earlier = Pattern.compile(place).matcher(written);
        return earlier.find() ? Ports.freeOr(Integer.parseInt(earlier.group(1))) : Ports.free();
    }

    /** As a configuration file {@code hosts.conf}. */
    String asConfiguration() {
        return """
                # Written at every start: the embedded stores. Other stores are named in a configuration folder of your
                # own, or by CLEARML_MONGODB_SERVICE_HOST and its kin.
                mongo {
                  backend { host: "mongodb://%1$s:%2$d/backend" }
                  auth { host: "mongodb://%1$s:%2$d/auth" }
                }
                redis {
                  apiserver { host: "%1$s", port: %3$d }
                  workers { host: "%1$s", port: %3$d }
                  fileserver { host: "%1$s", port: %3$d }
                }
                elastic {
                  events { hosts: [{ host: "%1$s", port: %4$d, scheme: http }] }
                  workers { hosts: [{ host: "%1$s", port: %4$d, scheme: http }] }
                }
                """.formatted(HOST, mongo, redis, elasticsearch);
    }
}
