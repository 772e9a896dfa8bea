package clearml.standalone;

import clearml.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept in the data folder: {@code config} with what this installation adds to the shipped defaults, the stores,
 * {@code files} with what was uploaded, {@code logs}, and {@code clearml.conf} for clients.
 */
record Installation(Path folder) {

    private static final String SYSTEM_DIRECTORIES = "/opt/trains/config:/opt/clearml/config";

    Path store(String name) {
        return folder.resolve(name);
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path clientConfiguration() {
        return folder.resolve("clearml.conf");
    }

    /** The configuration of the embedded stores at the last start; empty at the first. */
    String storesBefore() throws IOException {
        Path stores = folder.resolve("config/hosts.conf");
        return Files.exists(stores) ? Files.readString(stores) : "";
    }

    /**
     * The configuration: shipped defaults, this installation's, the operator's folders and variables, the command line.
     */
    ServerConfig configure(Options options, StorePorts stores, Map<String, String> environment) throws IOException {
        // Not Elasticsearch's: it may belong to another user.
        for (String name : List.of("config", "mongo", "redis", "files", "logs")) {
            PrivateFile.folder(folder.resolve(name));
        }
        Path config = folder.resolve("config");
        Secrets.ensure(config.resolve("secure.conf"));
        PrivateFile.write(config.resolve("hosts.conf"), stores.asConfiguration());
        return ServerConfig.load(variables(environment, config), listening(options));
    }

    private Map<String, String> variables(Map<String, String> environment, Path config) {
        Map<String, String> variables = new HashMap<>(environment);
        String operators = variables.getOrDefault("CLEARML_CONFIG_DIR", "");
        if (operators.isEmpty()) {
            operators = variables.getOrDefault("TRAINS_CONFIG_DIR", "");
        }
        variables.put("CLEARML_CONFIG_DIR", config + ":" + (operators.isEmpty() ? SYSTEM_DIRECTORIES : operators));
        if (!variables.containsKey("TRAINS_UPLOAD_FOLDER")) {
            variables.putIfAbsent(
                    "CLEARML_UPLOAD_FOLDER", folder.resolve("files").toString());
        }
        return variables;
    }

    private static Map<String, Object> listening(Options options) {
        Addresses addresses = Addresses.of(options);
        Addresses local = Addresses.local(options);
        Map<String, Object> values = new HashMap<>();
        values.put("apiserver.listen", Map.of("ip", options.host(), "port", options.apiPort()));
        values.put("fileserver.listen", Map.of("ip", options.host(), "port", options.filesPort()));
        values.put("webserver.listen", Map.of("ip", options.host(), "port", options.webPort()));
        values.put("hosts.fileserver", addresses.files());
        values.put("webserver.shown_files_server", addresses.files());
        values.put("webserver.shown_api_server", addresses.api());
        values.put("webserver.files_server", local.files());
        values.put("webserver.api_server", local.api());
        values.put("hosts.api_server", local.api());
        values.put("services.async_urls_delete.fileserver.url_prefixes", List.of(addresses.files()));
        options.webui().ifPresent(folder -> values.put("webserver.root", folder.toString()));
        return values;
    }
}
