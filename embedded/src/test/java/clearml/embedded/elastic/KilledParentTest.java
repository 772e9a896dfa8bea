package clearml.embedded.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledParentTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    /** Tests may run as root, Elasticsearch does not. */
    @BeforeEach
    void openToOthers() {
        assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    }

    @Test
    void aParentKilledAtOnceLeavesNoChildAndLosesNothing() throws Exception {
        Process parent = startParent();
        try {
            String ports = firstLine(parent);
            assertThat(ports).matches("\\d+ \\d+");
            List<ProcessHandle> children = parent.descendants().toList();
            assertThat(children).hasSizeGreaterThan(3);
            String document = "http://127.0.0.1:" + ports.split(" ")[1] + "/kept/_doc/1";
            assertThat(send("PUT", document, "{\"a\":1}").statusCode()).isEqualTo(201);

            parent.destroyForcibly().waitFor();

            await().atMost(Duration.ofSeconds(15)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            parent.destroyForcibly();
        }
        try (EmbeddedElasticsearch again =
                EmbeddedElasticsearch.start(folder.resolve("elasticsearch"), "127.0.0.1", 0)) {
            assertThat(send("GET", again.url() + "/kept/_source/1", "").body()).isEqualTo("{\"a\":1}");
        }
    }

    private Process startParent() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentProgram.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String firstLine(Process process) throws Exception {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private HttpResponse<String> send(String method, String url, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
