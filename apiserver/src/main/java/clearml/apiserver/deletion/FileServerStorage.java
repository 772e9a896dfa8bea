package clearml.apiserver.deletion;

import clearml.config.ServerConfig;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Our file server, which all companies share. */
@Component
@Order(1)
class FileServerStorage implements Storage, Storage.Place {

    private static final int AT_ONCE = 10_000;

    private final FileServerClient server;
    private final FileServerPaths paths;

    FileServerStorage(FileServerClient server, ServerConfig config) {
        this.server = server;
        this.paths = new FileServerPaths(
                config.strings("services.async_urls_delete.fileserver.url_prefixes"),
                config.string("hosts.fileserver"));
    }

    @Override
    public String type() {
        return "fileserver";
    }

    @Override
    public String title() {
        return "Fileserver";
    }

    @Override
    public Places places(String company) {
        return url -> paths.of(url).map(path -> new Location(this, path));
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public Session open() {
        try {
            server.requireReachable();
        } catch (IOException e) {
            throw new StorageAwayException(e);
        }
        return server::delete;
    }
}
