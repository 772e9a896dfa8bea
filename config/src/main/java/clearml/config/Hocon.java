package clearml.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Parses one text, with substitutions from itself and from the environment, and merges what was parsed. */
final class Hocon {

    private static final String VALUE = "value";

    private final Config environment;

    Hocon(Map<String, String> environment) {
        this.environment = ConfigValueFactory.fromMap(environment).toConfig();
    }

    /** @param origin names the text in messages, such as {@code file /opt/clearml/config/hosts.conf} */
    ConfigObject parse(String text, String origin) {
        try {
            Config parsed = ConfigFactory.parseString(LenientHocon.strict(text), options(origin));
            ConfigObject resolved = parsed.withFallback(environment).resolve().root();
            // The environment's own names were only there to be referred to.
            for (String name : environment.root().keySet()) {
                resolved = parsed.root().containsKey(name) ? resolved : resolved.withoutKey(name);
            }
            return resolved;
        } catch (com.typesafe.config.ConfigException e) {
            throw new ConfigException("Cannot read " + withOrigin(origin, String.valueOf(e.getMessage())), e);
        }
    }

    /** The right side of {@code key: value}. What is no HOCON but plain text is the text itself. */
    ConfigValue parseValue(String text, String origin) {
        String trimmed = text.trim();
        if (trimmed.isEmpty()) {
            return ConfigValueFactory.fromAnyRef("", origin);
        }
        try {
            String list = LenientHocon.strict(VALUE + ": [" + trimmed + "\n]");
            Config parsed = ConfigFactory.parseString(list, options(origin)).resolveWith(environment);
            if (parsed.root().get(VALUE) instanceof ConfigList values
                    && values.size() == 1
                    && parsed.root().size() == 1) {
                return values.get(0);
            }
        } catch (com.typesafe.config.ConfigException e) {
            if (isStructured(trimmed)) {
                throw new ConfigException("Cannot read " + withOrigin(origin, String.valueOf(e.getMessage())), e);
            }
        }
        if (isStructured(trimmed)) {
            throw new ConfigException("Cannot read " + origin + ": more than one value");
        }
        return ConfigValueFactory.fromAnyRef(trimmed, origin);
    }

    /** Objects merge, everything else is replaced; a key with a leading {@code -} replaces the object, too. */
    static ConfigObject merge(ConfigObject base, ConfigObject over) {
        ConfigObject merged = base;
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(over).entrySet()) {
            String key = entry.getKey();
            ConfigValue value = entry.getValue();
            boolean replaces = key.startsWith("-") && key.length() > 1;
            String name = replaces ? key.substring(1) : key;
            if (value.valueType() == ConfigValueType.OBJECT) {
                ConfigValue former = replaces ? null : merged.get(name);
                ConfigObject into = former instanceof ConfigObject object ? object : empty();
                value = merge(into, (ConfigObject) value).withOrigin(value.origin());
            }
            merged = merged.withValue(name, value);
        }
        return merged;
    }

    /** The object that holds {@code value} below the keys of {@code path}. */
    static ConfigObject nested(List<String> path, ConfigValue value) {
        ConfigValue nested = value;
        for (int i = path.size() - 1; i >= 0; i--) {
            nested = empty().withValue(path.get(i), nested);
        }
        return (ConfigObject) nested;
    }

    static ConfigObject empty() {
        return ConfigFactory.empty().root();
    }

    private static ConfigParseOptions options(String origin) {
        return ConfigParseOptions.defaults().setOriginDescription(origin);
    }

    private static boolean isStructured(String text) {
        return text.startsWith("{") || text.startsWith("[") || text.startsWith("\"");
    }

    private static String withOrigin(String origin, String message) {
        return message.startsWith(origin) ? message : origin + ": " + message;
    }
}
