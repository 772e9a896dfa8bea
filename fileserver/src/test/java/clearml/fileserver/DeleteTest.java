package clearml.fileserver;

import static clearml.fileserver.TestFileServer.text;
import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeleteTest {

    private TestFileServer server;
    private TestFileServer without;

    @BeforeAll
    void start(@TempDir Path root, @TempDir Path other) {
        server = new TestFileServer(root, Map.of());
        without = new TestFileServer(other, Map.of("fileserver.delete.allow_batch", false));
    }

    @AfterAll
    void stop() {
        server.close();
        without.close();
    }

    private HttpResponse<byte[]> deleteMany(String body) throws Exception {
        return server.send("POST", "/delete_many", body.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/plain");
    }

    @Test
    void one_file_goes_and_its_folder_stays() throws Exception {
        server.store("one/a b+c.txt", "x");
        HttpResponse<byte[]> answer = server.send("DELETE", "/one/a%20b+c.txt", new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("\"one/a b+c.txt\"");
        assertThat(server.root.resolve("one")).isEmptyDirectory();
        HttpResponse<byte[]> again = server.send("DELETE", "/one/a%20b+c.txt", new byte[0]);
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(text(again)).isEqualTo("File one/a b+c.txt not found");
        assertThat(server.send("DELETE", "/one", new byte[0]).statusCode()).isEqualTo(404);
    }

    @Test
    void many_files_and_folders_go_at_once() throws Exception {
        server.store("proj/t.1/metrics/img 1.jpeg", "x");
        server.store("proj/t.1/artifacts/deep/er", "x");
        server.store("kept", "x");
        Files.createSymbolicLink(server.root.resolve("proj/t.1/artifacts/link"), server.root.resolve("kept"));
        HttpResponse<byte[]> answer = deleteMany("""
                {"files": ["proj/t.1/metrics/img%201.jpeg", "proj/t.1/artifacts", "/x", "", "//", "none"]}""");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThatJson(text(answer)).isEqualTo("""
                        {"deleted": {"proj/t.1/metrics/img%201.jpeg": "proj/t.1/metrics/img 1.jpeg",
                                     "proj/t.1/artifacts": "proj/t.1/artifacts"},
                         "errors": {"Not found": ["/x", "none"], "Empty path not allowed": ["", "//"]}}""");
        assertThat(server.root.resolve("proj/t.1")).exists();
        assertThat(server.root.resolve("proj/t.1/artifacts")).doesNotExist();
        assertThat(server.root.resolve("kept")).hasContent("x");
    }

    @Test
    void a_plus_is_one_where_such_a_file_exists_and_else_a_blank() throws Exception {
        server.store("plus/a+b", "x");
        server.store("plus/c d", "x");
        assertThatJson(text(deleteMany("{\"files\": [\"plus/a+b\", \"plus/c+d\"]}")))
                .isEqualTo("{\"deleted\": {\"plus/a+b\": \"plus/a+b\", \"plus/c+d\": \"plus/c d\"}, \"errors\": {}}");
        assertThat(server.root.resolve("plus")).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Json payload is missing",
                "[] | Json payload is missing",
                "null | Json payload is missing",
                "`` | Json payload is missing",
                "{\"files\": []} | files are missing",
                "{\"file\": [\"a\"]} | files are missing",
                "{\"files\": \"a\"} | files are missing",
                "[\"a\"] | files are missing",
                "{\"files\": | The body is not JSON",
                "nonsense | The body is not JSON"
            })
    void a_body_without_paths_is_400(String body, String message) throws Exception {
        HttpResponse<byte[]> answer = deleteMany(body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo(message);
    }

    @Test
    void deletion_of_many_can_be_switched_off() throws Exception {
        without.store("f", "x");
        byte[] body = "{\"files\": [\"f\"]}".getBytes(StandardCharsets.UTF_8);
        assertThat(without.send("POST", "/delete_many", body).statusCode()).isEqualTo(405);
        assertThat(without.root.resolve("f")).exists();
    }
}
