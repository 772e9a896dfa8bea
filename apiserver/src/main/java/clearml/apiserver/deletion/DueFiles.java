package clearml.apiserver.deletion;

import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** What of {@code url_to_delete} is to be tried now, and what becomes of it: gone, tried again later, or given up. */
@Component
class DueFiles {

    private static final int AT_ONCE = 10_000;
    private static final String FAILED = "failed";

    private final MongoCollection<Document> urls;
    private final int maxRetries;
    private final Duration retryAfter;

    /** One document, as it was when it was read. */
    record Due(String id, Date created, String company, String url) {

        private static Due of(Document stored) {
            return new Due(
                    stored.getString("_id"),
                    stored.getDate("created"),
                    stored.getString("company"),
                    stored.getString("url"));
        }

        /** Somebody may have scheduled the same URL again: then it is due again. */
        private Bson unchanged() {
            return Filters.and(Filters.eq("_id", id), Filters.eq("created", created));
        }
    }

    DueFiles(MongoStores stores, ServerConfig config) {
        urls = stores.backend("url_to_delete");
        maxRetries = config.integer("services.async_urls_delete.max_retries");
        retryAfter = config.duration("services.async_urls_delete.retry_timeout_sec");
    }

    /** Files of one company on one kind of storage, what was tried least first; none when nothing is due. */
    List<Due> next(String storage) {
        Bson due = Filters.and(
                Filters.eq("storage_type", storage),
                Filters.ne("status", FAILED),
                Filters.lt("retry_count", maxRetries),
                Filters.or(
                        Filters.eq("last_failure_time", null),
                        Filters.lt("last_failure_time", new Date(System.currentTimeMillis() - retryAfter.toMillis()))));
        Document first = urls.find(due).sort(Sorts.ascending("retry_count")).first();
        if (first == null) {
            return List.of();
        }
        return urls.find(Filters.and(due, Filters.eq("company", first.get("company"))))
                .sort(Sorts.ascending("url"))
                .limit(AT_ONCE)
                .map(Due::of)
                .into(new ArrayList<>());
    }

    void gone(Collection<Due> files) {
        if (!files.isEmpty()) {
            urls.bulkWrite(
                    files.stream()
                            .map(file -> new DeleteOneModel<Document>(file.unchanged()))
                            .toList(),
                    new BulkWriteOptions().ordered(false));
        }
    }

    void tryAgain(Collection<Due> files, String reason) {
        Bson these = Filters.in("_id", files.stream().map(Due::id).toList());
        urls.updateMany(
                these,
                Updates.combine(failure(reason), Updates.inc("retry_count", 1), Updates.set("status", "retrying")));
        urls.updateMany(Filters.and(these, Filters.gte("retry_count", maxRetries)), Updates.set("status", FAILED));
    }

    void giveUp(Collection<Due> files, String reason) {
        urls.updateMany(
                Filters.in("_id", files.stream().map(Due::id).toList()),
                Updates.combine(failure(reason), Updates.set("status", FAILED)));
    }

    private static Bson failure(String reason) {
        return Updates.combine(
                Updates.set("last_failure_time", new Date()), Updates.set("last_failure_reason", reason));
    }
}
