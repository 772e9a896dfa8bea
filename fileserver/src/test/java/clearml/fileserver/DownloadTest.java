package clearml.fileserver;

import static clearml.fileserver.TestFileServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DownloadTest {

    private TestFileServer server;
    private TestFileServer other;

    @BeforeAll
    void start(@TempDir Path root, @TempDir Path second) throws Exception {
        server = new TestFileServer(root, Map.of());
        other = new TestFileServer(
                second,
                Map.of(
                        "fileserver.download.disable_browser_caching", true,
                        "fileserver.download.inline_active_content", true));
        server.store("p/a.bin", "0123456789");
        other.store("p/page.html", "<p>");
        Files.setLastModifiedTime(root.resolve("p/a.bin"), FileTime.from(Instant.parse("2026-01-02T03:04:05.678Z")));
    }

    @AfterAll
    void stop() {
        server.close();
        other.close();
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/p/a.bin", "/p//a.bin", "//p/a.bin", "/p/a.bin/", "/p/a.bin?X-Amz-Date=1", "/%70/a%2Ebin"})
    void a_file_has_its_spellings(String path) throws Exception {
        assertThat(server.rawStatus("GET", path)).isEqualTo("200");
        assertThat(text(server.get("/p/a.bin"))).isEqualTo("0123456789");
    }

    @Test
    void names_are_decoded_once_and_plus_and_semicolon_are_themselves() throws Exception {
        server.store("odd/a b%20c+d;e=f[1]{2}^|`α.txt", "odd");
        assertThat(server.raw("GET /odd/a%20b%2520c+d;e=f[1]{2}^|`%CE%B1.txt HTTP/1.1\r\nHost: x\r\n"
                        + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("odd")
                .contains("filename*=UTF-8''");
    }

    @Test
    void a_download_says_what_it_is() throws Exception {
        HttpResponse<byte[]> answer = server.get("/p/a.bin");
        assertThat(header(answer, "content-type")).isEqualTo("application/octet-stream");
        assertThat(header(answer, "content-length")).isEqualTo("10");
        assertThat(header(answer, "accept-ranges")).isEqualTo("bytes");
        assertThat(header(answer, "last-modified")).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
        assertThat(header(answer, "etag")).matches("\"[^\"]+\"");
        assertThat(header(answer, "cache-control")).isEqualTo("public, max-age=300");
        assertThat(header(answer, "expires")).endsWith("GMT");
        assertThat(header(answer, "content-disposition")).isEqualTo("inline; filename=\"a.bin\"");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(answer, "content-encoding")).isEmpty();
    }

    @Test
    void head_has_the_length_and_no_body() throws Exception {
        HttpResponse<byte[]> answer = server.send("HEAD", "/p/a.bin", new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-length")).isEqualTo("10");
        assertThat(answer.body()).isEmpty();
        assertThat(server.send("HEAD", "/p/none", new byte[0]).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/p", "/p/", "/none", "/p/none", "/.incoming", "/.incoming/x", "/delete_many", "/error"})
    void folders_and_missing_files_are_404(String path) throws Exception {
        assertThat(server.get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, bytes 0-0/10",
        "bytes=2-4, 234, bytes 2-4/10",
        "bytes=7-, 789, bytes 7-9/10",
        "bytes=-3, 789, bytes 7-9/10",
        "bytes=5-500, 56789, bytes 5-9/10",
        "bytes=-500, 0123456789, bytes 0-9/10"
    })
    void one_range_is_a_part(String range, String body, String contentRange) throws Exception {
        HttpResponse<byte[]> answer = server.get("/p/a.bin", "Range", range);
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(text(answer)).isEqualTo(body);
        assertThat(header(answer, "content-range")).isEqualTo(contentRange);
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(body.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=0-1,3-4", "bytes=5-2", "bytes=a-b", "bytes=-0", "bytes="})
    void other_ranges_are_416(String range) throws Exception {
        HttpResponse<byte[]> answer = server.get("/p/a.bin", "Range", range);
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "content-range")).isEqualTo("bytes */10");
    }

    @Test
    void a_range_of_another_version_is_the_whole_file() throws Exception {
        String etag = header(server.get("/p/a.bin"), "etag");
        assertThat(server.get("/p/a.bin", "Range", "bytes=0-1", "If-Range", etag)
                        .statusCode())
                .isEqualTo(206);
        assertThat(server.get("/p/a.bin", "Range", "bytes=0-1", "If-Range", "Fri, 02 Jan 2026 03:04:05 GMT")
                        .statusCode())
                .isEqualTo(206);
        assertThat(server.get("/p/a.bin", "Range", "bytes=0-1", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get("/p/a.bin", "Range", "lines=0-1").statusCode()).isEqualTo(200);
    }

    @Test
    void conditions_are_answered() throws Exception {
        HttpResponse<byte[]> first = server.get("/p/a.bin");
        String etag = header(first, "etag");
        HttpResponse<byte[]> same = server.get("/p/a.bin", "If-None-Match", "\"x\", " + etag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(header(same, "etag")).isEqualTo(etag);
        String time = header(first, "last-modified");
        assertThat(server.get("/p/a.bin", "If-Modified-Since", time).statusCode())
                .isEqualTo(304);
        assertThat(server.get("/p/a.bin", "If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get("/p/a.bin", "If-None-Match", "\"x\"").statusCode())
                .isEqualTo(200);
        assertThat(server.get("/p/a.bin", "If-Match", "\"x\"").statusCode()).isEqualTo(412);
        assertThat(server.get("/p/a.bin", "If-Match", etag).statusCode()).isEqualTo(200);
        assertThat(server.get("/p/a.bin", "If-Unmodified-Since", "Thu, 01 Jan 2026 00:00:00 GMT")
                        .statusCode())
                .isEqualTo(412);
        assertThat(server.get("/p/a.bin", "If-Modified-Since", "yesterday").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_replaced_file_has_another_tag() throws Exception {
        server.upload("tag/f", "one");
        String former = header(server.get("/tag/f"), "etag");
        server.upload("tag/f", "two");
        assertThat(header(server.get("/tag/f"), "etag")).isNotEqualTo(former);
    }

    @ParameterizedTest
    @CsvSource({
        "a.txt, text/plain;charset=utf-8",
        "a.css, text/css;charset=utf-8",
        "a.csv, text/csv;charset=utf-8",
        "a.js, text/javascript;charset=utf-8",
        "a.md, text/markdown;charset=utf-8",
        "a.json, application/json",
        "a.png, image/png",
        "a.JPG, image/jpeg",
        "a.mp4, video/mp4",
        "a.wasm, application/wasm",
        "a.zip, application/zip",
        "a.h5, application/x-hdf5",
        "a.csv.gz, application/octet-stream",
        "a.tgz, application/octet-stream",
        "a.json.xz, application/octet-stream",
        "a.pt, application/octet-stream",
        "a.pkl, application/octet-stream",
        "a.yaml, application/octet-stream",
        "txt, application/octet-stream"
    })
    void the_type_is_that_of_the_name(String name, String type) throws Exception {
        server.store("types/" + name, "x");
        HttpResponse<byte[]> answer = server.get("/types/" + name);
        assertThat(header(answer, "content-type").replace(" ", "")).isEqualToIgnoringCase(type);
        assertThat(header(answer, "content-security-policy")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.html", "a.HTM", "a.svg", "a.xml", "a.xhtml"})
    void active_content_is_saved_and_never_runs(String name) throws Exception {
        server.store("active/" + name, "<script>");
        HttpResponse<byte[]> answer = server.get("/active/" + name);
        assertThat(header(answer, "content-security-policy")).isEqualTo("sandbox");
        assertThat(header(answer, "content-disposition")).startsWith("attachment;");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void the_operator_may_have_active_content_shown_in_its_sandbox() throws Exception {
        HttpResponse<byte[]> answer = other.get("/p/page.html");
        assertThat(header(answer, "content-disposition")).startsWith("inline;");
        assertThat(header(answer, "content-security-policy")).isEqualTo("sandbox");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?download", "?download=", "?x=1&download=0"})
    void a_query_parameter_asks_to_save(String query) throws Exception {
        assertThat(header(server.get("/p/a.bin" + query), "content-disposition"))
                .isEqualTo("attachment; filename=\"a.bin\"");
    }

    @Test
    void caching_can_be_switched_off() throws Exception {
        HttpResponse<byte[]> answer = other.get("/p/page.html");
        for (String name : new String[] {"pragma-directive", "cache-directive", "cache-control", "pragma"}) {
            assertThat(header(answer, name)).isEqualTo("no-cache");
        }
        assertThat(header(answer, "expires")).isEqualTo("0");
    }

    @Test
    void an_http_1_0_client_gets_an_unchunked_answer() throws Exception {
        String answer = server.raw("GET /p/a.bin HTTP/1.0\r\n\r\n");
        assertThat(answer).contains("Content-Length: 10").endsWith("0123456789").doesNotContain("chunked");
    }

    @Test
    void links_inside_the_root_are_followed() throws Exception {
        Files.createSymbolicLink(server.root.resolve("p/link"), Path.of("a.bin"));
        assertThat(text(server.get("/p/link"))).isEqualTo("0123456789");
    }

    @Test
    void the_root_is_a_ping() throws Exception {
        assertThat(text(server.get("/"))).isEqualTo("OK");
        assertThat(server.send("HEAD", "/", new byte[0]).statusCode()).isEqualTo(200);
    }

    @Test
    void clients_that_go_away_are_nothing_to_log(CapturedOutput output) throws Exception {
        server.store("p/large", "x".repeat(20_000_000));
        for (int i = 0; i < 3; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.port)) {
                socket.getOutputStream()
                        .write("GET /p/large HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                socket.getInputStream().readNBytes(100);
            }
        }
        String aborted = "error=\"IOException\"";
        Awaitility.await().until(() -> text(server.get("/actuator/prometheus")).contains(aborted));
        assertThat(output.getAll()).doesNotContain("ERROR").doesNotContain("IOException");
    }

    @Test
    void an_empty_file_is_a_file() throws Exception {
        server.store("p/empty", "");
        HttpResponse<byte[]> answer = server.get("/p/empty");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-length")).isEqualTo("0");
        assertThat(server.get("/p/empty", "Range", "bytes=0-").statusCode()).isEqualTo(416);
    }

    @Test
    void health_and_metrics_are_there() throws Exception {
        assertThat(text(server.get("/actuator/health/readiness"))).contains("\"storage\":{\"status\":\"UP\"}");
        server.get("/p/a.bin");
        assertThat(new String(server.get("/actuator/prometheus").body(), StandardCharsets.UTF_8))
                .contains("fileserver_download_bytes_total")
                .contains("http_server_requests_seconds_count");
    }
}
