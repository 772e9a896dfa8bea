package clearml.webui;

import clearml.config.ServerConfig;
import clearml.config.SystemCredential;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the web port serves and where it forwards to.
 *
 * @param listenAddress to listen on
 * @param folder a build of the web UI; without one there is a plain page
 * @param api where the API server is, as seen from here
 * @param files where the file server is, as seen from here
 * @param shownApi the API server's URL for clients
 * @param shownFiles the file server's URL for clients
 * @param user credentials that the web UI needs where they are not the ones built into it
 */
record WebUiSettings(
        String listenAddress,
        int listenPort,
        Optional<Path> folder,
        URI api,
        URI files,
        String shownApi,
        String shownFiles,
        Optional<SystemCredential> user) {

    static WebUiSettings of(ServerConfig config) {
        URI api = upstream(config, "webserver.api_server", "NGINX_APISERVER_ADDRESS", "http://apiserver:8008");
        URI files = upstream(config, "webserver.files_server", "NGINX_FILESERVER_ADDRESS", "http://fileserver:8081");
        return new WebUiSettings(
                config.nonEmpty("webserver.listen.ip").orElse("0.0.0.0"),
                config.has("webserver.listen.port") ? config.integer("webserver.listen.port") : 8080,
                config.nonEmpty("webserver.root").map(Path::of),
                api,
                files,
                config.nonEmpty("webserver.shown_api_server").orElse(api.toString()),
                config.nonEmpty("webserver.shown_files_server").orElse(files.toString()),
                user(config));
    }

    private static URI upstream(ServerConfig config, String key, String variable, String otherwise) {
        String url = config.nonEmpty(key).or(() -> config.environment(variable)).orElse(otherwise);
        return URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    /** With fixed users people log in with a password. */
    private static Optional<SystemCredential> user(ServerConfig config) {
        if (config.auth().fixedUsers().enabled()) {
            return Optional.empty();
        }
        return config.auth().systemCredentials().stream()
                .filter(credential -> credential.name().equals("webserver") && credential.isUsable())
                .findFirst();
    }
}
