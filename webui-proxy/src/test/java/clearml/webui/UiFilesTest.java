package clearml.webui;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UiFilesTest {

    @TempDir
    Path folder;

    private RunningWebUi web;

    @BeforeEach
    void start() throws Exception {
        Path build = Files.createDirectories(folder.resolve("build/assets"));
        Files.writeString(build.resolve("../index.html"), "<html>the UI</html>");
        Files.writeString(build.resolve("../main-ABCD2345.js"), "script");
        Files.writeString(build.resolve("icon.svg"), "<svg/>");
        Files.writeString(folder.resolve("secret.txt"), "not for you");
        web = new RunningWebUi(Map.of(
                "webserver.root", folder.resolve("build").toString(),
                "webserver.shown_api_server", "http://here:8008",
                "webserver.shown_files_server", "http://here:8081"));
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/projects/1f0c/tasks", "/assets", "/login?redirect=%2F"})
    void pathsOfTheRouterAreTheFirstPage(String path) throws Exception {
        HttpResponse<String> answer = web.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("<html>the UI</html>");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    }

    @Test
    void filesHaveTheirTypeAndAreCachedByTheirNames() throws Exception {
        HttpResponse<String> script = web.get("/main-ABCD2345.js");
        assertThat(script.body()).isEqualTo("script");
        assertThat(script.headers().firstValue("Cache-Control")).contains("max-age=31536000, immutable");
        assertThat(script.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(web.get("/assets/icon.svg").headers().firstValue("Content-Type"))
                .contains("image/svg+xml");
    }

    @Test
    void aMissingFileIsMissing() throws Exception {
        assertThat(web.get("/assets/missing.js").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/assets/..%2f..%2fsecret.txt",
                "/%2e%2e%2fsecret.txt",
                "/..%5csecret.txt",
                "//../secret.txt",
                "/assets/%252e%252e/%252e%252e/secret.txt",
                "/assets/..;/..;/secret.txt"
            })
    void nothingOutsideTheFolderIsServed(String path) throws Exception {
        String answer = web.raw("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("not for you");
    }

    @Test
    void theUiFindsItsServersOnThisPort() throws Exception {
        assertThatJson(web.get("/configuration.json").body()).isEqualTo("""
                        {"apiBaseUrl": "/api", "fileBaseUrl": "/files", "displayedServerUrls":
                          {"apiServer": "http://here:8008", "filesServer": "http://here:8081"}}
                        """);
        assertThatJson(web.get("/credentials.json").body()).isObject().containsOnlyKeys("userKey", "userSecret");
    }

    @Test
    void variablesGoOverTheConfigurationOfTheUi() {
        WebUiSettings settings = WebUiSettings.of(clearml.config.ServerConfig.load(Map.of()));
        UiConfiguration configuration = new UiConfiguration(
                settings,
                Map.of(
                        "WEBSERVER__APIBASEURL", "\"/other\"",
                        "WEBSERVER__EnableThis", "true",
                        "WEBSERVER__branding__logo", "plain text",
                        "WEBSERVER__displayedServerUrls__apiServer", "\"http://x\""));
        assertThatJson(configuration.values()).isEqualTo("""
                        {"apiBaseUrl": "/other", "fileBaseUrl": "/files", "EnableThis": true,
                         "branding": {"logo": "plain text"},
                         "displayedServerUrls": {"apiServer": "http://x", "filesServer": "http://fileserver:8081"}}
                        """);
    }
}
