package clearml.apiserver.deletion;

import clearml.apiserver.call.Call;
import clearml.apiserver.call.Caller;
import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The collection {@code url_to_delete}: which files a job is to delete, one document a URL and company. */
@Component
public class FilesToDelete {

    /** What a URL leads to. */
    public enum Type {
        FILE,
        FOLDER
    }

    private static final String FILE_SERVER = "fileserver";

    private final MongoCollection<Document> urls;
    private final boolean enabled;
    private final Map<String, String> storageByPrefix;

    FilesToDelete(MongoStores stores, ServerConfig config) {
        urls = stores.backend("url_to_delete");
        enabled = config.bool("services.async_urls_delete.enabled");
        storageByPrefix = storages(config);
    }

    private static Map<String, String> storages(ServerConfig config) {
        Map<String, String> storages = new LinkedHashMap<>();
        storages.put("s3://", "s3");
        storages.put("azure://", "azure");
        storages.put("gs://", "gs");
        String prefixes = "services.async_urls_delete.fileserver.url_prefixes";
        List<String> ours = config.has(prefixes) ? config.strings(prefixes) : List.of("https://", "http://");
        ours.stream().filter(prefix -> !prefix.isEmpty()).forEach(prefix -> storages.put(prefix, FILE_SERVER));
        // An installation that names no prefix still has a file server.
        config.nonEmpty("hosts.fileserver").ifPresent(host -> storages.put(host, FILE_SERVER));
        return storages;
    }

    /** Whether files are deleted by the server at all. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Whether a job can delete what the URL leads to. */
    public boolean canDelete(String url) {
        return storage(url).isPresent();
    }

    private Optional<String> storage(String url) {
        return storageByPrefix.entrySet().stream()
                .filter(storage -> url.startsWith(storage.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * Schedules the deletion of what URLs lead to; those that no job can delete are ignored.
     *
     * @param owner the task, model or project that the files were of
     */
    public void schedule(Collection<String> locations, Type type, String owner, Caller caller) {
        if (!enabled) {
            return;
        }
        List<UpdateOneModel<Document>> writes = new ArrayList<>();
        for (String url : new LinkedHashSet<>(locations)) {
            storage(url).ifPresent(storage -> writes.add(write(url, storage, type, owner, caller)));
        }
        if (!writes.isEmpty()) {
            urls.bulkWrite(writes, new BulkWriteOptions().ordered(false));
        }
    }

    /**
     * As {@link #schedule}, for all that lies in a folder: of files on a file server their folder goes.
     *
     * @param owner the project that the files were of
     */
    public void scheduleWithFolders(Collection<String> locations, String owner, Caller caller) {
        Set<String> fileUrls = new LinkedHashSet<>();
        Set<String> folders = new LinkedHashSet<>();
        for (String url : locations) {
            String folder = storage(url).filter(FILE_SERVER::equals).isPresent() ? folderOf(url) : null;
            if (folder == null) {
                fileUrls.add(url);
            } else {
                folders.add(folder);
            }
        }
        schedule(fileUrls, Type.FILE, owner, caller);
        schedule(folders, Type.FOLDER, owner, caller);
    }

    /** The folder that a file lies in, without query and fragment; null for a file at the top. */
    static @Nullable String folderOf(String url) {
        String path = url.split("[?#]", 2)[0];
        int host = path.indexOf("://");
        int top = path.indexOf('/', host < 0 ? 0 : host + 3);
        int last = path.lastIndexOf('/', path.endsWith("/") ? path.length() - 2 : path.length());
        return top < 0 || last <= top ? null : path.substring(0, last);
    }

    private static UpdateOneModel<Document> write(String url, String storage, Type type, String owner, Caller caller) {
        return new UpdateOneModel<>(
                Filters.and(Filters.eq("url", url), Filters.eq("company", caller.company())),
                Updates.combine(
                        Updates.setOnInsert("_id", Call.newId()),
                        Updates.set("user", caller.user()),
                        Updates.set("task", owner),
                        Updates.set("created", new Date()),
                        Updates.set("storage_type", storage),
                        Updates.set("type", type.name().toLowerCase(Locale.ROOT)),
                        Updates.set("retry_count", 0),
                        Updates.set("status", "created"),
                        Updates.unset("last_failure_time"),
                        Updates.unset("last_failure_reason")),
                new UpdateOptions().upsert(true));
    }
}
