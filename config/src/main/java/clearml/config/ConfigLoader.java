package clearml.config;

import com.typesafe.config.ConfigObject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Puts the sources over each other: shipped defaults, directories in their order, {@code TRAINS__*}, {@code CLEARML__*}. */
final class ConfigLoader {

    private static final String DEFAULT_DIRECTORIES =
            String.join(File.pathSeparator, "/opt/trains/config", "/opt/clearml/config");

    private static final List<String> SHIPPED = List.of(
            "apiserver.conf",
            "fileserver.conf",
            "hosts.conf",
            "logging.conf",
            "secure.conf",
            "services/_elastic.conf",
            "services/_mongo.conf",
            "services/async_urls_delete.conf",
            "services/auth.conf",
            "services/events.conf",
            "services/jobs.conf",
            "services/models.conf",
            "services/organization.conf",
            "services/projects.conf",
            "services/queues.conf",
            "services/serving.conf",
            "services/storage_credentials.conf",
            "services/tasks.conf",
            "services/workers.conf");

    private final Environment environment;
    private final Hocon hocon;

    ConfigLoader(Environment environment) {
        this.environment = environment;
        this.hocon = new Hocon(environment.variables());
    }

    ConfigObject load() {
        ConfigObject loaded = shipped();
        for (Path directory : directories()) {
            for (ConfigFile file : ConfigFile.below(directory)) {
                ConfigObject content = hocon.parse(file.read(), "file " + file.path());
                loaded = Hocon.merge(loaded, Hocon.nested(file.key(), content));
            }
        }
        loaded = overridden(loaded, "TRAINS__");
        return overridden(loaded, "CLEARML__");
    }

    ConfigObject shipped() {
        ConfigObject loaded = Hocon.empty();
        for (String name : SHIPPED) {
            ConfigObject content = hocon.parse(resource(name), "the shipped " + name);
            loaded = Hocon.merge(loaded, Hocon.nested(ConfigFile.key(name), content));
        }
        return loaded;
    }

    List<Path> directories() {
        String configured =
                environment.first("CLEARML_CONFIG_DIR", "TRAINS_CONFIG_DIR").orElse(DEFAULT_DIRECTORIES);
        List<Path> directories = new ArrayList<>();
        for (String part : configured.split(File.pathSeparator)) {
            if (!part.isBlank()) {
                directories.add(Path.of(environment.expand(part.trim())));
            }
        }
        return directories;
    }

    private ConfigObject overridden(ConfigObject base, String prefix) {
        ConfigObject result = base;
        for (Map.Entry<String, String> variable : new TreeMap<>(environment.variables()).entrySet()) {
            if (variable.getKey().startsWith(prefix)) {
                String origin = "environment variable " + variable.getKey();
                List<String> path = path(variable.getKey().substring(prefix.length()), origin);
                result = Hocon.merge(result, Hocon.nested(path, hocon.parseValue(variable.getValue(), origin)));
            }
        }
        return result;
    }

    private static List<String> path(String name, String origin) {
        List<String> path =
                Arrays.asList(name.replace("__", ".").toLowerCase(Locale.ROOT).split("\\.", -1));
        if (path.contains("")) {
            throw new ConfigException(origin + ": a key between two \"__\" is empty");
        }
        return path;
    }

    private static String resource(String name) {
        try (InputStream in = ConfigLoader.class.getResourceAsStream("defaults/" + name)) {
            if (in == null) {
                throw new ConfigException("The shipped " + name + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigException("The shipped " + name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
