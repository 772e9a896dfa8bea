package clearml.standalone;

import clearml.embedded.process.Ports;

/** Where the embedded stores listen, on loopback only. */
record StorePorts(int mongo, int redis, int elasticsearch) {

    static final String HOST = "127.0.0.1";

    static StorePorts choose() {
        return new StorePorts(Ports.free(), Ports.free(), Ports.free());
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
