package clearml.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One configured value and where it came from, read as the type its reader expects. */
record Setting(String path, ConfigValue value) {

    private static final Set<String> YES = Set.of("true", "yes", "on");
    private static final Set<String> NO = Set.of("false", "no", "off", "");

    Object unwrapped() {
        return value.unwrapped();
    }

    /** The text as it was written: a secret of digits keeps its leading zeros. */
    String string() {
        if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
            throw wrong("a text");
        }
        return value.atKey("v").getString("v");
    }

    int integer() {
        try {
            return number("an integer").intValueExact();
        } catch (ArithmeticException e) {
            throw wrong("an integer");
        }
    }

    long longInteger() {
        try {
            return number("an integer").longValueExact();
        } catch (ArithmeticException e) {
            throw wrong("an integer");
        }
    }

    double decimal() {
        return number("a number").doubleValue();
    }

    boolean bool() {
        String text = isScalar() ? string().trim().toLowerCase(Locale.ROOT) : "?";
        if (value.valueType() == ConfigValueType.NUMBER) {
            return number("true or false").signum() != 0;
        }
        if (YES.contains(text)) {
            return true;
        }
        if (NO.contains(text)) {
            return false;
        }
        throw wrong("true or false");
    }

    Duration duration() {
        try {
            String text = isScalar() ? string().trim() : "?";
            return text.matches("-?[\\d.]+([eE]\\d+)?")
                    ? Duration.ofNanos(new BigDecimal(text)
                            .movePointRight(9)
                            .toBigInteger()
                            .longValueExact())
                    : value.atKey("v").getDuration("v");
        } catch (com.typesafe.config.ConfigException | ArithmeticException | NumberFormatException e) {
            throw wrong("a time in seconds");
        }
    }

    List<String> strings() {
        if (value instanceof ConfigList list) {
            return list.stream()
                    .map(element -> new Setting(path, element).string())
                    .toList();
        }
        return string().isEmpty() ? List.of() : List.of(string());
    }

    Map<String, Object> object() {
        if (value instanceof ConfigObject object) {
            return object.unwrapped();
        }
        throw wrong("an object");
    }

    List<Map<String, Object>> objects() {
        return sections().stream().map(section -> section.root().unwrapped()).toList();
    }

    List<Config> sections() {
        if (value instanceof ConfigList list && list.stream().allMatch(ConfigObject.class::isInstance)) {
            return list.stream()
                    .map(element -> ((ConfigObject) element).toConfig())
                    .toList();
        }
        throw wrong("a list of objects");
    }

    private boolean isScalar() {
        return value.valueType() != ConfigValueType.OBJECT && value.valueType() != ConfigValueType.LIST;
    }

    private BigDecimal number(String expected) {
        if (!isScalar() || value.valueType() == ConfigValueType.BOOLEAN) {
            throw wrong(expected);
        }
        try {
            return new BigDecimal(string().trim());
        } catch (NumberFormatException e) {
            throw wrong(expected);
        }
    }

    /** The value itself is left out where it may be a secret. */
    ConfigException wrong(String expected) {
        boolean secret = path.startsWith("secure.") || path.contains("password") || path.contains("credentials");
        String shown = secret ? "something else" : rendered();
        return new ConfigException(
                value.origin().description() + ": " + path + ": expected " + expected + ", not " + shown);
    }

    private String rendered() {
        String text = value.render(ConfigRenderOptions.concise());
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }
}
