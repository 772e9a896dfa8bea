package clearml.config;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host that is written as a URL or as {@code host:port} instead of an object. */
final class ElasticUrl {

    private static final Pattern FORM = Pattern.compile("(?:(https?)://)?([^/:]+|\\[[^]]+])(?::(\\d+))?/?");

    private ElasticUrl() {}

    static Map<String, String> parts(String path, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new ConfigException(path + ": expected a host, not \"" + text + "\"");
        }
        Map<String, String> map = new HashMap<>();
        map.put("scheme", parts.group(1));
        map.put("host", parts.group(2));
        map.put("port", parts.group(3));
        return map;
    }

    static int port(String path, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ConfigException(path + ": expected a port, not \"" + text + "\"", e);
        }
    }
}
