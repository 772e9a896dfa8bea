package clearml.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code server.info} and the tokens say about this server.
 *
 * @param version integers joined by dots; clients split and compare it
 */
public record BuildInfo(String version, String build, String commit, String deployment) {

    private static final Pattern VERSION = Pattern.compile("v?(\\d+(?:\\.\\d+)*).*");

    static BuildInfo of(ServerConfig config) {
        return of(config, Path.of(""));
    }

    /** @param directory with the files VERSION, BUILD, COMMIT and DEPLOY, each of them optional */
    static BuildInfo of(ServerConfig config, Path directory) {
        return new BuildInfo(
                version(value(config, "VERSION", directory.resolve("VERSION")).orElse("2.3.0")),
                value(config, "BUILD", directory.resolve("BUILD")).orElse(""),
                value(config, "COMMIT", directory.resolve("COMMIT")).orElse(""),
                value(config, "DEPLOYMENT_TYPE", directory.resolve("DEPLOY")).orElse("manual"));
    }

    private static String version(String text) {
        Matcher form = VERSION.matcher(text);
        if (!form.matches()) {
            throw new ConfigException("CLEARML_SERVER_VERSION: expected a version such as 2.3.0, not \"" + text + "\"");
        }
        return form.group(1);
    }

    private static Optional<String> value(ServerConfig config, String name, Path file) {
        return config.environment("CLEARML_SERVER_" + name, "TRAINS_SERVER_" + name)
                .or(() -> firstLine(file));
    }

    private static Optional<String> firstLine(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Files.readString(file).lines().map(String::strip).findFirst().filter(text -> !text.isEmpty());
        } catch (IOException e) {
            throw new ConfigException("Cannot read " + file + ": " + e, e);
        }
    }
}
