package clearml.webui;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import clearml.config.ServerConfig;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusPageTest {

    @Test
    void withoutAUiThePageSaysHowToConnectAndKeepsSecrets() throws Exception {
        try (RunningWebUi web = new RunningWebUi(Map.of(
                "webserver.api_server", "http://127.0.0.1:1", "webserver.shown_api_server", "http://here:8008"))) {
            String page = web.get("/").body();
            assertThat(page).contains("CLEARML_API_HOST=http://here:8008").doesNotContain("{{");
            ServerConfig.load(Map.of()).auth().systemCredentials().stream()
                    .filter(credential -> credential.isUsable())
                    .forEach(credential -> assertThat(page).doesNotContain(credential.secret(), credential.key()));
            assertThat(web.get("/credentials.json").statusCode()).isEqualTo(404);
            assertThat(web.get("/index.html").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aStoreThatIsDownIsNamed() throws Exception {
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(api, "/debug.ping", 200, "{}");
        answer(api, "/actuator/health", 503, """
                {"status": "DOWN", "components": {"mongo": {"status": "UP"}, "elasticsearch": {"status": "DOWN"}}}
                """);
        api.start();
        String url = "http://127.0.0.1:" + api.getAddress().getPort();
        try (RunningWebUi web =
                new RunningWebUi(Map.of("webserver.api_server", url, "webserver.files_server", "http://127.0.0.1:1"))) {
            assertThatJson(web.get("/status.json").body()).isEqualTo("""
                            {"api": "UP", "files": "DOWN", "mongo": "UP", "redis": "UNKNOWN", "elasticsearch": "DOWN"}
                            """);
        } finally {
            api.stop(0);
        }
    }

    private static void answer(HttpServer server, String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
