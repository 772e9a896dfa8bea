package clearml.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One Elasticsearch cluster.
 *
 * @param timeout of one request
 * @param args all arguments of the reference's client as they are configured
 */
public record ElasticSettings(
        String cluster,
        List<Host> hosts,
        Duration timeout,
        int maxRetries,
        boolean retryOnTimeout,
        Map<String, Object> args,
        Optional<Credentials> credentials) {

    public record Host(String scheme, String host, int port) {}

    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    static ElasticSettings of(ServerConfig config, String cluster) {
        String path = "hosts.elastic." + cluster + ".";
        boolean secure = config.optBool(path + "secure").orElse(true);
        return new ElasticSettings(
                cluster,
                hosts(config, path + "hosts"),
                config.has(path + "args.timeout") ? config.duration(path + "args.timeout") : Duration.ofSeconds(60),
                config.has(path + "args.max_retries") ? config.integer(path + "args.max_retries") : 3,
                config.optBool(path + "args.retry_on_timeout").orElse(true),
                config.object(path + "args"),
                secure ? credentials(config) : Optional.empty());
    }

    private static List<Host> hosts(ServerConfig config, String path) {
        if (!(config.raw(path).orElse(List.of()) instanceof List<?> entries) || entries.isEmpty()) {
            throw new ConfigException(path + ": expected a list of hosts");
        }
        return entries.stream().map(entry -> host(config, path, entry)).toList();
    }

    private static Host host(ServerConfig config, String path, Object entry) {
        Map<?, ?> parts = entry instanceof Map<?, ?> map ? map : ElasticUrl.parts(path, String.valueOf(entry));
        Optional<String> name = config.environment(
                        "CLEARML_ELASTIC_SERVICE_HOST",
                        "TRAINS_ELASTIC_SERVICE_HOST",
                        "ELASTIC_SERVICE_HOST",
                        "ELASTIC_SERVICE_SERVICE_HOST")
                .or(() -> text(parts, "host"));
        Optional<Integer> port = ServicePort.of(
                config, "CLEARML_ELASTIC_SERVICE_PORT", "TRAINS_ELASTIC_SERVICE_PORT", "ELASTIC_SERVICE_PORT");
        // Deployments leave the scheme out, or empty.
        return new Host(
                text(parts, "scheme").orElse("http").toLowerCase(Locale.ROOT),
                name.orElseThrow(() -> new ConfigException(path + ": an entry has no host")),
                port.orElseGet(() -> ElasticUrl.port(path, text(parts, "port").orElse("9200"))));
    }

    private static Optional<String> text(Map<?, ?> parts, String name) {
        Object value = parts.get(name);
        return value == null || value.toString().isBlank() ? Optional.empty() : Optional.of(value.toString());
    }

    private static Optional<Credentials> credentials(ServerConfig config) {
        Optional<String> user =
                config.environment("CLEARML_ELASTIC_SERVICE_USERNAME").or(() -> config.nonEmpty("secure.elastic.user"));
        Optional<String> password = config.environment("CLEARML_ELASTIC_SERVICE_PASSWORD")
                .or(() -> config.nonEmpty("secure.elastic.password"));
        if (user.isPresent() && password.isEmpty()) {
            throw new ConfigException("secure.elastic.password: a user is configured, its password is not");
        }
        return user.map(name -> new Credentials(name, password.orElseThrow()));
    }
}
