package clearml.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One Redis connection.
 *
 * @param cluster several nodes; {@code db} is 0 then
 * @param other members of the alias that are none of the above, for the client
 */
public record RedisSettings(
        String host,
        int port,
        int db,
        boolean cluster,
        Optional<String> username,
        Optional<String> password,
        Map<String, Object> other) {

    static RedisSettings of(ServerConfig config, String alias) {
        String path = "hosts.redis." + alias + ".";
        boolean cluster = config.optBool(path + "cluster").orElse(false);
        Optional<String> host =
                config.environment("CLEARML_REDIS_SERVICE_HOST", "TRAINS_REDIS_SERVICE_HOST", "REDIS_SERVICE_HOST");
        Optional<Integer> port =
                ServicePort.of(config, "CLEARML_REDIS_SERVICE_PORT", "TRAINS_REDIS_SERVICE_PORT", "REDIS_SERVICE_PORT");
        Optional<String> password = config.environment(
                        "CLEARML_REDIS_SERVICE_PASSWORD", "TRAINS_REDIS_SERVICE_PASSWORD", "REDIS_SERVICE_PASSWORD")
                .or(() -> config.nonEmpty("secure.redis." + alias + ".password"))
                .or(() -> config.nonEmpty(path + "password"));
        Map<String, Object> other = new TreeMap<>(config.object("hosts.redis." + alias));
        other.keySet().removeAll(Set.of("host", "port", "db", "cluster", "username", "password"));
        return new RedisSettings(
                host.orElseGet(() -> config.string(path + "host")),
                port.orElseGet(() -> config.has(path + "port") ? config.integer(path + "port") : 6379),
                cluster || !config.has(path + "db") ? 0 : config.integer(path + "db"),
                cluster,
                config.nonEmpty(path + "username"),
                password,
                Map.copyOf(other));
    }

    @Override
    public String toString() {
        return "RedisSettings[" + host + ":" + port + "/" + db + (cluster ? " cluster" : "") + "]";
    }
}
