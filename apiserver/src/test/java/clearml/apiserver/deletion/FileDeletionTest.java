package clearml.apiserver.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.query.MemoryMongo;
import clearml.config.ServerConfig;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** With the parts of the process of its own, and a file server that says what a test wants. */
class FileDeletionTest {

    private final MemoryMongo mongo = new MemoryMongo();
    private HttpServer files;
    private String answer = "{}";
    private int status = 200;
    private AnnotationConfigApplicationContext context;

    @BeforeEach
    void start() throws IOException {
        files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        files.start();
        context = new AnnotationConfigApplicationContext();
        context.registerBean(
                ServerConfig.class,
                () -> ServerConfig.load(
                        Map.of("CLEARML_CONFIG_DIR", "/nowhere"),
                        Map.of(
                                "hosts.fileserver",
                                host(),
                                "hosts.mongo.backend.host",
                                mongo.url() + "/backend",
                                "hosts.mongo.auth.host",
                                mongo.url() + "/auth",
                                "services.async_urls_delete.retry_timeout_sec",
                                0)));
        context.register(AsyncDelete.Parts.class);
        context.refresh();
    }

    @AfterEach
    void close() {
        context.close();
        files.stop(0);
        mongo.close();
    }

    @Test
    void whatIsDeletedOrWasNeverThereIsDone() {
        add("a", host() + "/p/a");
        add("b", host() + "/p/b");
        answer = "{\"deleted\":{\"p/a\":\"p/a\"},\"errors\":{\"Not found\":[\"p/b\"]}}";

        assertThat(run()).isEqualTo(2);
        assertThat(stored("a")).isNull();
        assertThat(stored("b")).isNull();
    }

    @Test
    void whatFailsIsTriedAgainAndGivenUpAtLast() {
        add("a", host() + "/p/a");
        answer = "{\"deleted\":{},\"errors\":{\"Cannot be deleted\":[\"p/a\"]}}";

        run();

        assertThat(stored("a"))
                .containsEntry("retry_count", 3)
                .containsEntry("status", "failed")
                .containsEntry("last_failure_reason", "Cannot be deleted");
    }

    @Test
    void ofWhatNothingIsSaidDidNotSucceed() {
        add("a", host() + "/p/a");

        run();

        assertThat(stored("a")).containsEntry("last_failure_reason", "Not succeeded");
    }

    @Test
    void whatIsNotOnTheFileServerIsGivenUp() {
        add("a", "http://elsewhere/p/a");
        add("b", host() + "/");

        run();

        assertThat(stored("a"))
                .containsEntry("status", "failed")
                .containsEntry(
                        "last_failure_reason",
                        "Invalid Fileserver url or missing Fileserver configuration for account");
        assertThat(stored("b")).containsEntry("status", "failed").containsEntry("last_failure_reason", "Empty path");
    }

    @Test
    void aFileServerThatIsAwayCostsNoRetries() {
        add("a", host() + "/p/a");
        status = 503;

        assertThatThrownBy(this::run).isInstanceOf(StorageAwayException.class);
        assertThat(stored("a")).containsEntry("status", "created").containsEntry("retry_count", 0);
    }

    private long run() {
        return context.getBean(FileDeletion.class).run(() -> true);
    }

    private String host() {
        return "http://127.0.0.1:" + files.getAddress().getPort();
    }

    private void add(String id, String url) {
        mongo.stores
                .backend("url_to_delete")
                .insertOne(new Document("_id", id)
                        .append("company", "c")
                        .append("url", url)
                        .append("created", new Date())
                        .append("storage_type", "fileserver")
                        .append("type", "file")
                        .append("retry_count", 0)
                        .append("status", "created"));
    }

    private Document stored(String id) {
        return mongo.stores
                .backend("url_to_delete")
                .find(new Document("_id", id))
                .first();
    }
}
