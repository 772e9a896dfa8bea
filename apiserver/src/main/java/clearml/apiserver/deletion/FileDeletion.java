package clearml.apiserver.deletion;

import clearml.apiserver.jobs.Lease;
import clearml.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Deletes the files of {@code url_to_delete} that lie on our file server. Those in other storages are left to the
 * reference's job. A file server that is away costs no retries: its files wait for it.
 */
@Component
class FileDeletion {

    private static final Logger LOG = LoggerFactory.getLogger(FileDeletion.class);
    private static final String FOREIGN = "Invalid Fileserver url or missing Fileserver configuration for account";

    private final DueFiles due;
    private final FileServerClient server;
    private final FileServerPaths paths;

    FileDeletion(DueFiles due, FileServerClient server, ServerConfig config) {
        this.due = due;
        this.server = server;
        this.paths = new FileServerPaths(
                config.strings("services.async_urls_delete.fileserver.url_prefixes"),
                config.string("hosts.fileserver"));
    }

    /** Deletes whatever is due: how many files are gone. */
    long run(Lease lease) {
        long gone = 0;
        List<DueFiles.Due> files;
        while (lease.isHeld() && !(files = due.next("fileserver")).isEmpty()) {
            gone += delete(files);
        }
        return gone;
    }

    private int delete(List<DueFiles.Due> files) {
        Map<String, List<DueFiles.Due>> byPath = new LinkedHashMap<>();
        List<DueFiles.Due> foreign = new ArrayList<>();
        for (DueFiles.Due file : files) {
            paths.of(file.url())
                    .ifPresentOrElse(
                            path -> byPath.computeIfAbsent(path, key -> new ArrayList<>())
                                    .add(file),
                            () -> foreign.add(file));
        }
        due.giveUp(foreign, FOREIGN);
        List<DueFiles.Due> root = byPath.remove("");
        if (root != null) {
            due.giveUp(root, "Empty path");
        }
        return byPath.isEmpty() ? 0 : onServer(byPath);
    }

    private int onServer(Map<String, List<DueFiles.Due>> byPath) {
        try {
            server.requireReachable();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return settle(byPath, server.delete(List.copyOf(byPath.keySet())));
        } catch (IOException e) {
            due.tryAgain(byPath.values().stream().flatMap(List::stream).toList(), e.toString());
            return 0;
        }
    }

    private int settle(Map<String, List<DueFiles.Due>> byPath, FileServerClient.Result result) {
        List<DueFiles.Due> gone = new ArrayList<>();
        Map<String, List<DueFiles.Due>> failed = new HashMap<>();
        byPath.forEach((path, files) -> {
            if (result.gone().contains(path)) {
                gone.addAll(files);
            } else {
                failed.computeIfAbsent(result.errors().getOrDefault(path, "Not succeeded"), reason -> new ArrayList<>())
                        .addAll(files);
            }
        });
        due.gone(gone);
        failed.forEach((reason, files) -> {
            LOG.warn("{} files could not be deleted: {}", files.size(), reason);
            due.tryAgain(files, reason);
        });
        return gone.size();
    }
}
