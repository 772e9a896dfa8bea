package clearml.fileserver;

import clearml.config.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the operator decides about files.
 *
 * @param root the directory tree: {@code fileserver.upload.folder}, else {@code CLEARML_UPLOAD_FOLDER}
 * @param maxUploadBytes of one request, 0: any
 * @param sharedCaches whether proxies may keep downloads, which are everybody's only without authentication
 */
record FileServerSettings(
        Path root,
        long maxUploadBytes,
        boolean allowPut,
        boolean allowBatchDelete,
        boolean disableBrowserCaching,
        Duration cacheTimeout,
        boolean sharedCaches,
        boolean inlineActiveContent) {

    static FileServerSettings of(ServerConfig config) {
        String root = config.nonEmpty("fileserver.upload.folder")
                .or(() -> config.environment("CLEARML_UPLOAD_FOLDER", "TRAINS_UPLOAD_FOLDER"))
                .orElse("/mnt/fileserver");
        return new FileServerSettings(
                Path.of(root).toAbsolutePath().normalize(),
                (long) (config.decimal("fileserver.upload.max_upload_size_mb") * 1024 * 1024),
                config.bool("fileserver.upload.allow_put"),
                config.bool("fileserver.delete.allow_batch"),
                config.bool("fileserver.download.disable_browser_caching"),
                config.duration("fileserver.download.cache_timeout_sec"),
                !config.bool("fileserver.auth.enabled"),
                config.bool("fileserver.download.inline_active_content"));
    }
}
