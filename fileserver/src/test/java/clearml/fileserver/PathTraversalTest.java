package clearml.fileserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathTraversalTest {

    private Path outside;
    private TestFileServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        outside = Files.writeString(folder.resolve("secret"), "outside");
        server = new TestFileServer(Files.createDirectory(folder.resolve("root")), Map.of());
        server.store("p/inside", "inside");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret",
                "/p/../../secret",
                "/p/../inside",
                "/p/%2e%2e/%2e%2e/secret",
                "/%2e%2e/secret",
                "/.%2e/secret",
                "/..%2fsecret",
                "/p/..%2f..%2fsecret",
                "/%2e%2e%2fsecret",
                "/..%5csecret",
                "/%2e%2e%5csecret",
                "/..\\secret",
                "/p\\..\\..\\secret",
                "/%252e%252e%252fsecret",
                "/..%252fsecret",
                "/..;/secret",
                "/p/..;x=y/..;/secret",
                "/..%00/secret",
                "/p/inside%00.png",
                "/%c0%ae%c0%ae/secret",
                "/%c0%ae%c0%ae%c0%afsecret",
                "/..%c0%afsecret",
                "/%uff0e%uff0e/secret",
                "/%zz",
                "//etc/passwd",
                "/%2fetc/passwd",
                "/%2Fetc%2Fpasswd",
                "///../secret",
                "/./../secret",
                "/.incoming/../../secret",
            })
    void every_spelling_is_refused_on_every_method(String path) throws Exception {
        for (String method : new String[] {"GET", "HEAD", "DELETE"}) {
            assertThat(server.rawStatus(method, path)).as(method).isIn("400", "404");
        }
        assertThat(outside).hasContent("outside");
        assertThat(server.root.resolve("p/inside")).hasContent("inside");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/../secret", "/p/../../secret", "/%2e%2e/secret", "/..\\secret", "/p/inside%00.png", "/%zz"})
    void what_the_container_refuses_is_not_found_either(String path) throws Exception {
        for (String method : new String[] {"GET", "HEAD", "DELETE"}) {
            assertThat(server.rawStatus(method, path)).as(method).isEqualTo("404");
        }
        assertThat(server.rawStatus("PUT", path)).isEqualTo("400");
    }

    @Test
    void what_is_wrong_with_a_request_but_its_path_is_told() throws Exception {
        String answer = server.raw("GET /p/inside HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").endsWith("Bad request");
        assertThat(server.raw("GET /p/in\u0001side HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404")
                .endsWith("Not found");
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 3000, 30_000})
    void overlong_names_are_refused(int length) throws Exception {
        assertThat(server.rawStatus("GET", "/" + "x".repeat(length))).isIn("400", "404", "414");
        assertThat(server.rawStatus("GET", "/" + "x/".repeat(length / 2))).isIn("400", "404", "414");
    }

    /** The server closes before it has read the line, and a closed connection may swallow the answer. */
    @ParameterizedTest
    @ValueSource(ints = {70_000, 200_000})
    void names_longer_than_a_request_line_may_be_hurt_nobody_else(int length) throws Exception {
        String status;
        try {
            status = server.rawStatus("GET", "/" + "x".repeat(length));
        } catch (SocketException closed) {
            status = "400";
        }
        assertThat(status).isIn("400", "404", "414");
        assertThat(server.rawStatus("GET", "/p/inside")).isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../",
                "p/../..",
                "p/..",
                "../secret",
                "..%2fsecret",
                "%2e%2e/secret",
                ".incoming",
                "..\\secret",
                "%2e",
                "a%00b",
                "p/../../secret"
            })
    void a_batch_deletion_stays_inside(String entry) throws Exception {
        String body = "{\"files\": [\"" + entry.replace("\\", "\\\\") + "\"]}";
        String answer = TestFileServer.text(
                server.send("POST", "/delete_many", body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(answer).contains("\"deleted\":{}").contains("Not found");
        assertThat(outside).hasContent("outside");
        assertThat(server.root.resolve("p/inside")).hasContent("inside");
        assertThat(server.root.resolve(".incoming")).isDirectory();
    }
}
