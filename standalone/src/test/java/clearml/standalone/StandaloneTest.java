package clearml.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneTest {

    @TempDir
    Path folder;

    /** Tests may run as root, Elasticsearch does not. */
    @BeforeEach
    void openToOthers() {
        assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    }

    @Test
    void aTakenPortIsOneLineAndAStatus() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                StandaloneProcess server =
                        new StandaloneProcess(folder, folder, "--web-port", "" + taken.getLocalPort())) {
            assertThat(server.exitWithin(60)).isEqualTo(1);
            assertThat(server.errors().lines()).hasSize(1);
            assertThat(server.errors())
                    .startsWith("serve: port " + taken.getLocalPort() + " on 127.0.0.1")
                    .contains("web server");
        }
    }

    @Test
    void aWrongConfigurationIsOneLineAndAStatus() throws Exception {
        Path config = Files.createDirectories(folder.resolve("data/config"));
        Files.writeString(config.resolve("apiserver.conf"), "auth { max_expiration_sec: soon }");
        try (StandaloneProcess server = new StandaloneProcess(folder.resolve("data"), folder)) {
            assertThat(server.exitWithin(120)).isEqualTo(1);
            assertThat(server.errors())
                    .startsWith("serve: ")
                    .contains("apiserver.conf", "apiserver.auth.max_expiration_sec", "soon");
        }
    }

    @Test
    void aStoreThatDoesNotStartEndsTheOthers() throws Exception {
        Map<String, String> environment = Map.of("ES_JAVA_OPTS", "-XX:+NoSuchOption");
        try (StandaloneProcess server = new StandaloneProcess(environment, folder.resolve("data"), folder)) {
            assertThat(server.exitWithin(120)).isEqualTo(1);
            assertThat(server.errors()).contains("serve: Elasticsearch ended with status ");
        }
    }

    @Test
    void everythingStartsAndAllOfItEnds() throws Exception {
        Path data = folder.resolve("data");
        String settings;
        try (StandaloneProcess server = new StandaloneProcess(data, folder)) {
            awaitReady(server);
            settings = Files.readString(data.resolve("clearml.conf"));
            assertThat(settings).contains("http://127.0.0.1:" + server.apiPort);
            assertThat(status("http://127.0.0.1:" + server.webPort + "/api/debug.ping"))
                    .isEqualTo(200);
            assertThat(status("http://127.0.0.1:" + server.filesPort + "/")).isEqualTo(200);

            refusesASecondStart(data, server);
            stopsWithAllItsChildren(server);
        }
        try (StandaloneProcess again = new StandaloneProcess(data, folder)) {
            awaitReady(again);
            assertThat(credentials(Files.readString(data.resolve("clearml.conf"))))
                    .isEqualTo(credentials(settings));
            isKilledWithAllItsChildren(again);
        }
    }

    private void refusesASecondStart(Path data, StandaloneProcess first) throws Exception {
        try (StandaloneProcess second = new StandaloneProcess(data, folder)) {
            assertThat(second.exitWithin(60)).isEqualTo(1);
            assertThat(second.errors())
                    .isEqualTo("serve: data folder " + data + " is in use by process " + first.process.pid() + "\n");
        }
    }

    private static void stopsWithAllItsChildren(StandaloneProcess server) throws Exception {
        List<ProcessHandle> children = server.process.descendants().toList();
        assertThat(children).isNotEmpty();
        server.process.destroy();
        assertThat(server.exitWithin(10)).isNotEqualTo(-1);
        await().atMost(Duration.ofSeconds(5)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static void isKilledWithAllItsChildren(StandaloneProcess server) {
        List<ProcessHandle> children = server.process.descendants().toList();
        server.process.destroyForcibly();
        await().atMost(Duration.ofSeconds(15)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static void awaitReady(StandaloneProcess server) {
        await().atMost(Duration.ofMinutes(3))
                .failFast("it has ended: see its errors", () -> !server.process.isAlive())
                .until(() -> server.output().contains("Stop: Ctrl-C"));
    }

    private static String credentials(String settings) {
        return settings.substring(settings.indexOf("credentials"));
    }

    private static int status(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
