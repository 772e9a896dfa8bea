package clearml.apiserver.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.query.MemoryMongo;
import clearml.config.ServerConfig;
import java.io.IOException;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Files in S3, Google Cloud Storage and Azure, with the parts of the process of its own. */
class CloudDeletionTest {

    private static final String CREDENTIALS = "services.storage_credentials.";

    private final MemoryMongo mongo = new MemoryMongo();
    private final Map<String, Object> settings = new HashMap<>();
    private FakeClouds clouds;
    private AnnotationConfigApplicationContext context;

    @BeforeEach
    void start() throws IOException {
        clouds = new FakeClouds();
        settings.put("hosts.fileserver", "http://127.0.0.1:1");
        settings.put("hosts.mongo.backend.host", mongo.url() + "/backend");
        settings.put("hosts.mongo.auth.host", mongo.url() + "/auth");
        settings.put("services.async_urls_delete.google_endpoint", clouds.url());
        settings.put("services.async_urls_delete.azure_endpoint", clouds.url() + "/azure/{account}");
        settings.put(
                CREDENTIALS + "aws.s3.credentials",
                List.of(
                        Map.of("host", clouds.host(), "key", "common", "secret", "s", "secure", false),
                        Map.of("host", clouds.host(), "bucket", "own", "key", "o", "secret", "s", "secure", false)));
        settings.put(CREDENTIALS + "google.storage.credentials_json", clouds.googleKey());
        settings.put(
                CREDENTIALS + "azure.storage.containers",
                List.of(
                        Map.of("account_name", "acc", "account_key", FakeClouds.AZURE_KEY),
                        Map.of("account_name", "acc", "account_key", "", "container_name", "keyless")));
    }

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
        clouds.close();
        mongo.close();
    }

    @Test
    void objectsInS3GoWithTheCredentialsOfTheirBucket() {
        clouds.objects.addAll(List.of("bucket/p/a b+c%20", "own/x", "own/y"));
        add("a", s3("bucket/p/a b+c%20"));
        add("b", s3("own/x"));
        add("never there", s3("bucket/nothing"));

        assertThat(run()).isEqualTo(3);

        assertThat(clouds.objects).containsExactly("own/y");
        assertThat(clouds.calls).containsExactlyInAnyOrder("common:2", "o:1");
        assertThat(left()).isZero();
    }

    @Test
    void thousandObjectsGoInOneCall() {
        IntStream.range(0, 1_001).forEach(i -> add("n" + i, s3("bucket/" + i)));

        assertThat(run()).isEqualTo(1_001);

        assertThat(clouds.calls).containsExactly("common:1000", "common:1");
    }

    @Test
    void theSettingsOfACompanyCountBeforeThoseOfTheServer() {
        mongo.insert(
                "storage_settings",
                ("{_id: 's', company: 'c', aws: {key: 'companys', secret: 's', buckets: [{host: '%s', bucket: 'bucket', key: 'theirs', "
                                + "secret: 's', token: '', secure: false, verify: true, use_credentials_chain: false}]}}")
                        .formatted(clouds.host()));
        add("a", s3("bucket/a"));
        add("b", "c2", s3("bucket/b"));

        run();

        assertThat(clouds.calls).containsExactlyInAnyOrder("theirs:1", "common:1");
    }

    @Test
    void whatCannotBeDeletedIsNotedAndKeepsNothingElseFromIt() {
        add("forbidden", s3("forbidden/a"));
        add("missing", s3("missing/a"));
        add("locked", s3("bucket/locked"));
        add("unknown", "s3://elsewhere/a");
        add("pathless", s3("bucket/"));
        add("fine", s3("bucket/z"));

        assertThat(run()).isEqualTo(1);

        assertRetried("forbidden", "Access Denied");
        assertRetried("missing", "The specified bucket does not exist");
        assertRetried("locked", "AccessDenied: It is locked");
        assertFailed("unknown", "Invalid AWS url or missing AWS configuration for account");
        assertFailed("pathless", "Empty path");
        assertThat(stored("fine")).isNull();
    }

    @Test
    void objectsInGoogleStorageGo() {
        clouds.objects.addAll(List.of("bucket/p/a b.png", "bucket/other"));
        add("a", "gs://bucket/p/a b.png");
        add("never there", "gs://bucket/nothing");
        add("forbidden", "gs://forbidden/a");
        add("missing", "gs://missing/a");
        add("pathless", "gs://bucket");

        assertThat(run()).isEqualTo(2);

        assertThat(clouds.objects).containsExactly("bucket/other");
        assertRetried("forbidden", "HTTP 403: does not have storage.objects.delete access");
        assertRetried("missing", "HTTP 404: The specified bucket does not exist.");
        assertFailed("pathless", "Empty path");
    }

    @Test
    void aKeyOfGoogleThatIsNoneIsNoted() {
        settings.put(CREDENTIALS + "google.storage.credentials_json", "/nowhere/key.json");
        add("a", "gs://bucket/a");

        run();

        assertRetried("a", "credentials_json is neither a key nor the name of a file");
    }

    @Test
    void blobsInAzureGoAlsoFromFolders() {
        clouds.objects.addAll(List.of("box/p/q/ä b.bin", "box/b.bin"));
        add("a", "azure://acc.blob.core.windows.net/box/p/q/ä b.bin");
        add("never there", "azure://acc.blob.core.windows.net/box/nothing");
        add("missing", "azure://acc.blob.core.windows.net/missing/a");
        add("keyless", "azure://acc.blob.core.windows.net/keyless/a");
        add("unknown", "azure://other.blob.core.windows.net/box/a");
        add("pathless", "azure://acc.blob.core.windows.net/box");

        assertThat(run()).isEqualTo(2);

        assertThat(clouds.objects).containsExactly("box/b.bin");
        assertRetried("missing", "HTTP 404: ContainerNotFound");
        assertRetried("keyless", "no account_key for azure://acc/keyless");
        assertFailed("unknown", "Invalid Azure url or missing Azure configuration for account");
        assertFailed("pathless", "Empty path");
    }

    @Test
    void aPlaceThatDoesNotAnswerIsAskedOnce() {
        settings.put("services.async_urls_delete.request_timeout_sec", 4);
        IntStream.range(0, 1_001).forEach(i -> add("s" + i, s3("slow/" + i)));
        settings.put("services.async_urls_delete.azure_endpoint", "http://127.0.0.1:1/azure/{account}");
        IntStream.range(0, 100).forEach(i -> add("a" + i, "azure://acc.blob.core.windows.net/box/" + i));
        add("fine", "gs://bucket/a");

        assertThat(run()).isEqualTo(1);

        assertThat(clouds.calls).hasSizeLessThanOrEqualTo(1);
        assertRetried("s0", "s3://slow");
        assertRetried("s1000", "s3://slow");
        assertRetried("a0", "ConnectException");
        assertRetried("a99", "ConnectException");
    }

    @Test
    void whatFailsIsGivenUpAtLast() {
        settings.put("services.async_urls_delete.retry_timeout_sec", 0);
        add("a", "gs://forbidden/a");

        run();

        assertThat(stored("a")).containsEntry("status", "failed").containsEntry("retry_count", 3);
    }

    @Test
    void aFileServerThatIsAwayKeepsNothingElseWaiting() {
        clouds.objects.add("bucket/a");
        add("file", "http://127.0.0.1:1/p/a");
        add("a", "gs://bucket/a");

        assertThatThrownBy(this::run).isInstanceOf(StorageAwayException.class);

        assertThat(clouds.objects).isEmpty();
        assertThat(stored("file")).containsEntry("status", "created").containsEntry("retry_count", 0);
    }

    private long run() {
        context = new AnnotationConfigApplicationContext();
        context.registerBean(
                ServerConfig.class, () -> ServerConfig.load(Map.of("CLEARML_CONFIG_DIR", "/nowhere"), settings));
        context.register(AsyncDelete.Parts.class);
        context.refresh();
        return context.getBean(FileDeletion.class).run(() -> true);
    }

    private String s3(String path) {
        return "s3://" + clouds.host() + "/" + path;
    }

    private void add(String id, String url) {
        add(id, "c", url);
    }

    private void add(String id, String company, String url) {
        var scheme = url.substring(0, url.indexOf(':'));
        mongo.stores
                .backend("url_to_delete")
                .insertOne(new Document("_id", id)
                        .append("company", company)
                        .append("url", url)
                        .append("created", new Date())
                        .append("storage_type", scheme.equals("http") ? "fileserver" : scheme)
                        .append("type", "file")
                        .append("retry_count", 0)
                        .append("status", "created"));
    }

    private void assertRetried(String id, String reason) {
        assertThat(stored(id)).containsEntry("status", "retrying").containsEntry("retry_count", 1);
        assertThat(stored(id).getString("last_failure_reason")).contains(reason);
        assertThat(stored(id).get("last_failure_time")).isNotNull();
    }

    private void assertFailed(String id, String reason) {
        assertThat(stored(id)).containsEntry("status", "failed").containsEntry("last_failure_reason", reason);
    }

    private long left() {
        return mongo.stores.backend("url_to_delete").countDocuments();
    }

    private Document stored(String id) {
        return mongo.stores
                .backend("url_to_delete")
                .find(new Document("_id", id))
                .first();
    }
}
