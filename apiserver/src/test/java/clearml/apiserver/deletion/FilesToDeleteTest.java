package clearml.apiserver.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Identity;
import clearml.apiserver.call.Role;
import clearml.apiserver.query.MemoryMongo;
import clearml.config.ServerConfig;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FilesToDeleteTest {

    private final MemoryMongo mongo = new MemoryMongo();

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void theBeginningOfAUrlTellsItsStorage() {
        files(Map.of("services.async_urls_delete.fileserver.url_prefixes", List.of("https://files.acme.com")))
                .schedule(
                        List.of(
                                "s3://b/a",
                                "gs://b/a",
                                "azure://acc/c/a",
                                "https://files.acme.com/a",
                                "https://elsewhere/a",
                                "/local/a"),
                        FilesToDelete.Type.FILE,
                        "t",
                        caller());

        assertThat(stored().stream().map(row -> row.getString("storage_type")))
                .containsExactlyInAnyOrder("s3", "gs", "azure", "fileserver");
        assertThat(stored())
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("company", "c")
                        .containsEntry("user", "u")
                        .containsEntry("task", "t")
                        .containsEntry("type", "file")
                        .containsEntry("status", "created")
                        .containsEntry("retry_count", 0));
    }

    @Test
    void whatWasGivenUpIsTriedAgainWhenItIsScheduledAgain() {
        mongo.stores
                .backend("url_to_delete")
                .insertOne(new Document("_id", "1")
                        .append("company", "c")
                        .append("url", "s3://b/a")
                        .append("created", new Date(0))
                        .append("task", "former")
                        .append("status", "failed")
                        .append("retry_count", 3)
                        .append("last_failure_time", new Date())
                        .append("last_failure_reason", "x"));

        files(Map.of()).schedule(List.of("s3://b/a"), FilesToDelete.Type.FILE, "t", caller());

        assertThat(stored()).singleElement().satisfies(row -> {
            assertThat(row)
                    .containsEntry("_id", "1")
                    .containsEntry("task", "t")
                    .containsEntry("status", "created")
                    .containsEntry("retry_count", 0)
                    .doesNotContainKeys("last_failure_time", "last_failure_reason");
            assertThat(row.getDate("created")).isAfter(new Date(0));
        });
    }

    @Test
    void ofProjectsFoldersGoOnFileServersAndFilesElsewhere() {
        files(Map.of("hosts.fileserver", "http://files:8081"))
                .scheduleWithFolders(
                        List.of(
                                "http://files:8081/p/t/a?x#y",
                                "http://files:8081/p/t/b",
                                "http://files:8081/top",
                                "s3://b/p/t/a"),
                        "p",
                        caller());

        assertThat(stored().stream().map(row -> row.getString("type") + " " + row.getString("url")))
                .containsExactlyInAnyOrder(
                        "folder http://files:8081/p/t", "file http://files:8081/top", "file s3://b/p/t/a");
    }

    @Test
    void nothingIsScheduledWhereNothingIsDeleted() {
        files(Map.of("services.async_urls_delete.enabled", false))
                .schedule(List.of("s3://b/a"), FilesToDelete.Type.FILE, "t", caller());

        assertThat(stored()).isEmpty();
    }

    @Test
    void aFileThatIsScheduledAgainWhileItIsDeletedStaysDue() {
        var files = files(Map.of());
        var due = new DueFiles(mongo.stores, config(Map.of()));
        files.schedule(List.of("s3://b/a", "s3://b/b"), FilesToDelete.Type.FILE, "t", caller());
        var read = due.next("s3");
        var later = new Document("$set", new Document("created", new Date(System.currentTimeMillis() + 1_000)));
        mongo.stores.backend("url_to_delete").updateOne(new Document("url", "s3://b/a"), later);

        due.gone(read);

        assertThat(stored().stream().map(row -> row.getString("url"))).containsExactly("s3://b/a");
    }

    @Test
    void whatHasFailedLatelyWaitsAndWhatWasTriedLeastComesFirst() {
        var files = files(Map.of());
        var due = new DueFiles(mongo.stores, config(Map.of()));
        files.schedule(List.of("s3://b/a"), FilesToDelete.Type.FILE, "t", caller());
        due.tryAgain(due.next("s3"), "x");
        assertThat(due.next("s3")).isEmpty();

        var urls = mongo.stores.backend("url_to_delete");
        urls.updateOne(new Document(), new Document("$set", new Document("last_failure_time", new Date(0))));
        urls.insertOne(new Document("_id", "2")
                .append("company", "other")
                .append("url", "s3://b/z")
                .append("created", new Date())
                .append("storage_type", "s3")
                .append("status", "created")
                .append("retry_count", 0));

        assertThat(due.next("s3")).extracting(DueFiles.Due::url).containsExactly("s3://b/z");
        due.gone(due.next("s3"));
        assertThat(due.next("s3")).extracting(DueFiles.Due::url).containsExactly("s3://b/a");
    }

    private FilesToDelete files(Map<String, Object> settings) {
        return new FilesToDelete(mongo.stores, config(settings));
    }

    private static ServerConfig config(Map<String, Object> settings) {
        return ServerConfig.load(Map.of("CLEARML_CONFIG_DIR", "/nowhere"), new HashMap<>(settings));
    }

    private List<Document> stored() {
        return mongo.stores.backend("url_to_delete").find().into(new ArrayList<>());
    }

    private static Caller caller() {
        return new Caller(
                new Identity("u", "c", Role.USER, "User", "Company"), Caller.UNKNOWN_WORKER, "untrackable", null);
    }
}
