package clearml.fileserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossOriginTest {

    @TempDir
    private Path root;

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void every_origin_may_read_without_credentials() throws Exception {
        try (TestFileServer server = new TestFileServer(root, Map.of())) {
            assertThat(header(server.get("/"), "access-control-allow-origin")).isEqualTo("*");
            HttpResponse<byte[]> answer = server.get("/none", "Origin", "http://ui");
            assertThat(header(answer, "access-control-allow-origin")).isEqualTo("http://ui");
            assertThat(header(answer, "vary")).isEqualTo("Origin");
            assertThat(header(answer, "access-control-allow-credentials")).isEmpty();
            assertThat(header(answer, "access-control-allow-methods")).isEmpty();
        }
    }

    @Test
    void a_preflight_is_answered_without_a_token() throws Exception {
        Map<String, ?> settings = Map.of("fileserver.auth.enabled", true, "fileserver.cors.supports_credentials", true);
        try (TestFileServer server = new TestFileServer(root, settings)) {
            HttpResponse<byte[]> answer = server.send(
                    "OPTIONS",
                    "/some/file",
                    new byte[0],
                    "Origin",
                    "http://ui",
                    "Access-Control-Request-Method",
                    "DELETE",
                    "Access-Control-Request-Headers",
                    "authorization, x-y");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            assertThat(header(answer, "access-control-allow-methods"))
                    .isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
            assertThat(header(answer, "access-control-allow-headers")).isEqualTo("authorization, x-y");
            assertThat(header(answer, "access-control-allow-credentials")).isEqualTo("true");
            assertThat(header(answer, "allow")).isEqualTo("OPTIONS, HEAD, GET, DELETE");
            assertThat(header(server.get("/f", "Origin", "http://ui"), "access-control-allow-origin"))
                    .as("of a refusal")
                    .isEqualTo("http://ui");
        }
    }

    @Test
    void a_list_of_origins_leaves_out_the_others() throws Exception {
        Map<String, ?> settings = Map.of("fileserver.cors.origins", List.of("http://ui", "https://.*\\.example\\.com"));
        try (TestFileServer server = new TestFileServer(root, settings)) {
            assertThat(header(server.get("/", "Origin", "http://ui"), "access-control-allow-origin"))
                    .isEqualTo("http://ui");
            assertThat(header(server.get("/", "Origin", "https://a.example.com"), "access-control-allow-origin"))
                    .isEqualTo("https://a.example.com");
            assertThat(header(server.get("/", "Origin", "http://evil"), "access-control-allow-origin"))
                    .isEmpty();
            assertThat(header(server.get("/"), "access-control-allow-origin")).isEmpty();
        }
    }
}
