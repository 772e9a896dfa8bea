package clearml.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads addresses and credentials from the data folder of a standalone server. */
final class DataFolder {

    private static final Map<String, String> CLIENT = Map.of(
            "url", "api_server: \"([^\"]+)\"",
            "files", "files_server: \"([^\"]+)\"",
            "key", "access_key: \"([^\"]+)\"",
            "secret", "secret_key: \"([^\"]+)\"");
    private static final Map<String, String> STORES =
            Map.of("mongo", "(mongodb://[^/\"]+)", "elastic", "(port: \\d+), scheme: http");

    private DataFolder() {}

    /** The options that describe this server. */
    static Map<String, String> read(Path folder) {
        Map<String, String> found = new HashMap<>();
        found.putAll(find(folder.resolve("clearml.conf"), CLIENT));
        found.putAll(find(folder.resolve("config").resolve("hosts.conf"), STORES));
        found.computeIfPresent("elastic", (name, port) -> port.replace("port: ", "http://127.0.0.1:"));
        return found;
    }

    private static Map<String, String> find(Path file, Map<String, String> patterns) {
        String text = text(file);
        Map<String, String> found = new HashMap<>();
        patterns.forEach((name, pattern) -> {
            Matcher matcher = Pattern.compile(pattern).matcher(text);
            if (matcher.find()) {
                found.put(name, matcher.group(1));
            }
        });
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("no data folder of a running server: " + file, e);
        }
    }
}
