package clearml.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The parts of a MongoDB connection string that single variables replace. */
record MongoUrl(String scheme, Optional<String> user, String hosts, Optional<String> path, Optional<String> query) {

    private static final Pattern FORM =
            Pattern.compile("(mongodb(?:\\+srv)?)://(?:([^/?]*)@)?([^/?@]+)(?:/([^?]*))?(?:\\?(.*))?");

    static MongoUrl parse(String text, String origin) {
        Matcher parts = FORM.matcher(text.contains("://") ? text : "mongodb://" + text);
        if (!parts.matches()) {
            throw new ConfigException(origin + ": not a mongodb:// connection string");
        }
        return new MongoUrl(
                parts.group(1),
                Optional.ofNullable(parts.group(2)),
                parts.group(3),
                Optional.ofNullable(parts.group(4)),
                Optional.ofNullable(parts.group(5)));
    }

    MongoUrl with(ServerConfig config) {
        Optional<String> host = config.environment(
                "CLEARML_MONGODB_SERVICE_HOST",
                "TRAINS_MONGODB_SERVICE_HOST",
                "MONGODB_SERVICE_HOST",
                "MONGODB_SERVICE_SERVICE_HOST");
        Optional<Integer> port = ServicePort.of(
                config, "CLEARML_MONGODB_SERVICE_PORT", "TRAINS_MONGODB_SERVICE_PORT", "MONGODB_SERVICE_PORT");
        return withHost(host, port)
                .withUser(
                        config.environment("CLEARML_MONGODB_SERVICE_USERNAME"),
                        config.environment("CLEARML_MONGODB_SERVICE_PASSWORD"))
                .withQuery(config.environment("CLEARML_MONGODB_SERVICE_QUERY"));
    }

    private MongoUrl withHost(Optional<String> host, Optional<Integer> port) {
        String named = host.map(name -> port.isPresent() || hasPort(name) ? name : name + formerPort())
                .orElse(hosts);
        UnaryOperator<String> withPort = name -> name.replaceFirst(":\\d+$", "") + ":" + port.orElseThrow();
        // A service record has no port.
        String all = port.isPresent() && scheme.equals("mongodb")
                ? Arrays.stream(named.split(",")).map(withPort).collect(Collectors.joining(","))
                : named;
        return new MongoUrl(scheme, user, all, path, query);
    }

    private static boolean hasPort(String host) {
        return host.matches(".*:\\d+");
    }

    private String formerPort() {
        int colon = hosts.lastIndexOf(':');
        return hasPort(hosts) && !hosts.contains(",") ? hosts.substring(colon) : "";
    }

    private MongoUrl withUser(Optional<String> name, Optional<String> password) {
        if (name.isEmpty() && password.isEmpty()) {
            return this;
        }
        String former = user.orElse("");
        String[] parts = (former + (former.contains(":") ? "" : ":")).split(":", 2);
        String changed = name.map(MongoUrl::encode).orElse(parts[0]);
        String secret = password.map(MongoUrl::encode).orElse(parts[1]);
        return new MongoUrl(
                scheme, Optional.of(secret.isEmpty() ? changed : changed + ":" + secret), hosts, path, query);
    }

    private MongoUrl withQuery(Optional<String> other) {
        return other.isPresent()
                ? new MongoUrl(
                        scheme, user, hosts, path, other.map(text -> text.startsWith("?") ? text.substring(1) : text))
                : this;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Optional<String> database() {
        return path.filter(name -> !name.isEmpty());
    }

    String text() {
        return scheme + "://" + user.map(text -> text + "@").orElse("") + hosts
                + path.or(() -> query.map(text -> "")).map(text -> "/" + text).orElse("")
                + query.map(text -> "?" + text).orElse("");
    }
}
