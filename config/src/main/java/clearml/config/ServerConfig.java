package clearml.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a server was configured with, immutable. Paths are dotted, such as {@code apiserver.listen.port}; a key set to
 * null is a missing one. A getter throws {@link ConfigException} when the value is missing (the {@code opt} ones are
 * empty then) or of another type.
 */
public final class ServerConfig {

    private static final Set<String> NO = Set.of("false", "f", "no", "n", "off", "0");

    private final Environment environment;
    private final Config config;

    private ServerConfig(Environment environment, Config config) {
        this.environment = environment;
        this.config = config;
    }

    /** The shipped defaults, the configured directories and the variables, each over the former. */
    public static ServerConfig load(Map<String, String> environment) {
        return load(environment, Map.of());
    }

    /** @param overrides dotted paths and their values, over everything else */
    public static ServerConfig load(Map<String, String> environment, Map<String, ?> overrides) {
        Environment variables = new Environment(environment);
        ConfigObject loaded = new ConfigLoader(variables).load();
        return new ServerConfig(variables, loaded.toConfig()).with(overrides);
    }

    /** @param overrides dotted paths and their values: text, numbers, booleans, null, lists and maps */
    public ServerConfig with(Map<String, ?> overrides) {
        ConfigObject merged = config.root();
        for (Map.Entry<String, ?> override : new TreeMap<>(overrides).entrySet()) {
            List<String> path = Arrays.asList(override.getKey().split("\\."));
            var value = ConfigValueFactory.fromAnyRef(override.getValue(), "given at start");
            merged = Hocon.merge(merged, Hocon.nested(path, value));
        }
        return new ServerConfig(environment, merged.toConfig());
    }

    public boolean has(String path) {
        return value(path).isPresent();
    }

    public String string(String path) {
        return required(path).string();
    }

    public Optional<String> optString(String path) {
        return value(path).map(Setting::string);
    }

    /** Empty for a missing key and for the empty text, which is what an unset variable of a compose file leaves. */
    public Optional<String> nonEmpty(String path) {
        return optString(path).filter(text -> !text.isBlank());
    }

    public int integer(String path) {
        return required(path).integer();
    }

    public long longInteger(String path) {
        return required(path).longInteger();
    }

    public double decimal(String path) {
        return required(path).decimal();
    }

    public boolean bool(String path) {
        return required(path).bool();
    }

    public Optional<Boolean> optBool(String path) {
        return value(path).map(Setting::bool);
    }

    /** A number counts seconds; a text has its unit, such as {@code 10s} or {@code 5 minutes}. */
    public Duration duration(String path) {
        return required(path).duration();
    }

    /** A list; a single value is a list of one, a missing one is empty. */
    public List<String> strings(String path) {
        return value(path).map(Setting::strings).orElse(List.of());
    }

    /** An object as plain maps, lists, texts, numbers and booleans; empty when missing. */
    public Map<String, Object> object(String path) {
        return value(path).map(Setting::object).orElse(Map.of());
    }

    /** The whole configuration as plain maps, lists, texts, numbers and booleans; secrets included. */
    public Map<String, Object> whole() {
        return config.root().unwrapped();
    }

    /** A list of objects, empty when missing. */
    public List<Map<String, Object>> objects(String path) {
        return value(path).map(Setting::objects).orElse(List.of());
    }

    /** A list of objects, each to be read like a configuration of its own; empty when missing. */
    List<ServerConfig> sections(String path) {
        return value(path).map(Setting::sections).orElse(List.of()).stream()
                .map(section -> new ServerConfig(environment, section))
                .toList();
    }

    Set<String> keys() {
        return config.root().keySet();
    }

    /** The keys below a path, sorted; none when it is missing. */
    public Set<String> keys(String path) {
        return new TreeSet<>(object(path).keySet());
    }

    /** The plain value at a path, of whatever type. */
    public Optional<Object> raw(String path) {
        return value(path).map(Setting::unwrapped);
    }

    /** The first of these variables that is set and not empty. */
    public Optional<String> environment(String... names) {
        return environment.first(names);
    }

    public MongoSettings mongo() {
        return MongoSettings.of(this);
    }

    /** @param alias {@code apiserver}, {@code workers} or {@code fileserver} */
    public RedisSettings redis(String alias) {
        return RedisSettings.of(this, alias);
    }

    /** @param cluster {@code events}, {@code workers} or another one of {@link #elasticClusters()} */
    public ElasticSettings elastic(String cluster) {
        return ElasticSettings.of(this, cluster);
    }

    public Set<String> elasticClusters() {
        return keys("hosts.elastic");
    }

    public AuthSettings auth() {
        return AuthSettings.of(this);
    }

    public BuildInfo build() {
        return BuildInfo.of(this);
    }

    /** The id of the only company. Deployments that set it to nothing mean the shipped one. */
    public String defaultCompany() {
        return nonEmpty("apiserver.default_company").orElseGet(() -> shipped().string("apiserver.default_company"));
    }

    /**
     * Paths of the secrets that everybody knows because they are the shipped ones: the token secret, and those of the
     * credentials that somebody could log in with.
     */
    public Set<String> shippedSecrets() {
        ServerConfig shipped = shipped();
        Set<String> paths = new TreeSet<>();
        paths.add("secure.auth.token_secret");
        keys("secure.credentials").forEach(name -> paths.add("secure.credentials." + name + ".user_secret"));
        paths.removeIf(path -> nonEmpty(path).isEmpty() || !nonEmpty(path).equals(shipped.nonEmpty(path)));
        return paths;
    }

    private ServerConfig shipped() {
        return new ServerConfig(
                environment, new ConfigLoader(environment).shipped().toConfig());
    }

    /** Whether answers may be compressed: {@code CLEARML_COMPRESS_RESP}. */
    public boolean compressesResponses() {
        return environment("CLEARML_COMPRESS_RESP")
                .map(text -> !NO.contains(text.toLowerCase(Locale.ROOT)))
                .orElse(true);
    }

    private Setting required(String path) {
        return value(path).orElseThrow(() -> new ConfigException(path + ": not configured"));
    }

    private Optional<Setting> value(String path) {
        String expression = ConfigUtil.joinPath(path.split("\\."));
        try {
            return config.hasPath(expression)
                    ? Optional.of(new Setting(path, config.getValue(expression)))
                    : Optional.empty();
        } catch (com.typesafe.config.ConfigException e) {
            throw new ConfigException(path + ": " + e.getMessage(), e);
        }
    }
}
