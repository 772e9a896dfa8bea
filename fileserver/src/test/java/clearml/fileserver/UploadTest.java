package clearml.fileserver;

import static clearml.fileserver.TestFileServer.part;
import static clearml.fileserver.TestFileServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadTest {

    private TestFileServer server;
    private TestFileServer limited;

    @BeforeAll
    void start(@TempDir Path root, @TempDir Path other) {
        server = new TestFileServer(root, Map.of());
        limited = new TestFileServer(
                other, Map.of("fileserver.upload.max_upload_size_mb", 1, "fileserver.upload.allow_put", true));
    }

    @AfterAll
    void stop() {
        server.close();
        limited.close();
    }

    @Test
    void the_field_name_is_the_path() throws Exception {
        HttpResponse<byte[]> answer = server.upload("/proj x/run.1f0c/artifacts/df/df.csv.gz", "content");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("[\"proj x/run.1f0c/artifacts/df/df.csv.gz\"]");
        assertThat(answer.headers().firstValue("server")).contains("clearml");
        assertThat(server.stored("proj x/run.1f0c/artifacts/df/df.csv.gz")).isEqualTo("content");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "image/*", "no type"})
    void what_the_client_accepts_does_not_matter(String accept) throws Exception {
        HttpResponse<byte[]> kept = server.uploadBody(part("accept/a", "x") + "--b--\r\n", "Accept", accept);
        assertThat(kept.statusCode()).isEqualTo(200);
        assertThat(text(kept)).isEqualTo("[\"accept/a\"]");
        assertThat(text(server.get("/", "Accept", accept))).isEqualTo("OK");
        HttpResponse<byte[]> gone = server.send("DELETE", "/accept/a", new byte[0], "Accept", accept);
        assertThat(text(gone)).isEqualTo("\"accept/a\"");
        byte[] files = "{\"files\":[\"accept/a\"]}".getBytes(StandardCharsets.UTF_8);
        assertThat(server.send("POST", "/delete_many", files, "Accept", accept).statusCode())
                .isEqualTo(200);
    }

    @Test
    void names_are_not_decoded_and_may_hold_anything() throws Exception {
        assertThat(text(server.upload("n/a%20b+c;d[1]{2}^$'α.bin", ""))).contains("n/a%20b+c;d[1]{2}^$'α.bin");
        assertThat(server.stored("n/a%20b+c;d[1]{2}^$'α.bin")).isEmpty();
    }

    @Test
    void all_file_parts_are_kept_and_of_the_same_name_the_first() throws Exception {
        String field = "--b\r\nContent-Disposition: form-data; name=\"m/field\"\r\n\r\nx\r\n";
        HttpResponse<byte[]> answer = server.uploadBody(part("m/1", "one") + field + part("", "nameless")
                + part("//m/2", "two") + part("m/1", "again") + "--b--");
        assertThat(text(answer)).isEqualTo("[\"m/1\",\"m/2\"]");
        assertThat(server.stored("m/1")).isEqualTo("one");
        assertThat(server.stored("m/2")).isEqualTo("two");
        assertThat(server.root.resolve("m/field")).doesNotExist();
    }

    @Test
    void a_file_replaces_the_former_one_and_everybody_may_read_it() throws Exception {
        server.upload("r/f", "a longer text");
        server.upload("r/f", "short");
        assertThat(server.stored("r/f")).isEqualTo("short");
        assertThat(Files.getPosixFilePermissions(server.root.resolve("r/f")))
                .contains(PosixFilePermission.OWNER_READ)
                .isEqualTo(Files.getPosixFilePermissions(Files.writeString(server.root.resolve("r/g"), "")));
    }

    @Test
    void a_body_without_files_stores_nothing() throws Exception {
        assertThat(text(server.uploadBody("--b--\r\n"))).isEqualTo("[]");
        assertThat(text(server.send("POST", "/", "{}".getBytes(StandardCharsets.UTF_8), "Content-Type", "text/json")))
                .isEqualTo("[]");
        assertThat(text(server.send("POST", "/", new byte[0]))).isEqualTo("[]");
    }

    @Test
    void a_name_may_go_up_inside_the_root_only() throws Exception {
        assertThat(text(server.upload("u/../up/x", "in"))).isEqualTo("[\"u/../up/x\"]");
        assertThat(server.stored("up/x")).isEqualTo("in");
        HttpResponse<byte[]> answer = server.uploadBody(part("up/before", "1") + part("u/../../x", "2") + "--b--");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(server.stored("up/before")).isEqualTo("1");
        assertThat(server.root.resolveSibling("x")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/../..", "..\\\\x", ".incoming/x", "./.incoming/x", "/", "."})
    void names_outside_of_the_root_are_refused(String name) throws Exception {
        var before = server.allFiles();
        assertThat(server.upload(name, "x").statusCode()).isEqualTo(404);
        assertThat(server.allFiles()).isEqualTo(before);
    }

    @Test
    void names_that_no_file_can_have_are_the_senders_mistake() throws Exception {
        server.upload("taken/dir/file", "x");
        assertThat(server.upload("a/" + "x".repeat(256), "x").statusCode()).isEqualTo(400);
        assertThat(server.upload("x/".repeat(2500) + "x", "x").statusCode()).isEqualTo(400);
        assertThat(server.upload("a\0b", "x").statusCode()).isEqualTo(400);
        assertThat(server.upload("taken/dir", "x").statusCode()).isEqualTo(400);
        assertThat(server.upload("taken/dir/file/below", "x").statusCode()).isEqualTo(400);
        assertThat(server.upload("a/" + "x".repeat(255), "x").statusCode()).isEqualTo(200);
    }

    @Test
    void malformed_bodies_are_refused_and_leave_nothing() throws Exception {
        var before = server.allFiles();
        assertThat(server.uploadBody(part("bad/f", "x") + "--").statusCode()).isEqualTo(400);
        assertThat(server.uploadBody(part("bad/g", "x").substring(0, 90)).statusCode())
                .isEqualTo(400);
        assertThat(server.allFiles()).isEqualTo(before);
    }

    @Test
    void a_thousand_parts_are_enough() throws Exception {
        String field = "--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nx\r\n";
        assertThat(server.uploadBody(field.repeat(1000) + "--b--").statusCode()).isEqualTo(200);
        assertThat(server.uploadBody(field.repeat(1001) + "--b--").statusCode()).isEqualTo(413);
    }

    @Test
    void an_upload_above_the_limit_is_413_and_leaves_nothing() throws Exception {
        var before = limited.allFiles();
        String large = part("l/f", "x".repeat(1 << 20)) + "--b--";
        assertThat(limited.uploadBody(large).statusCode()).isEqualTo(413);
        String chunked = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
                + Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n";
        assertThat(limited.raw(chunked)).startsWith("HTTP/1.1 413");
        assertThat(limited.allFiles()).isEqualTo(before);
        assertThat(limited.upload("l/small", "x").statusCode()).isEqualTo(200);
    }

    @Test
    void other_methods_and_paths_are_405() throws Exception {
        HttpResponse<byte[]> answer = server.send("PUT", "/p/x", "x".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow").orElseThrow().split(", "))
                .containsExactlyInAnyOrder("OPTIONS", "HEAD", "GET", "DELETE");
        assertThat(server.send("POST", "/p/x", new byte[0]).statusCode()).isEqualTo(405);
        assertThat(server.send("PATCH", "/p/x", new byte[0]).statusCode()).isEqualTo(405);
        assertThat(server.send("DELETE", "/", new byte[0]).statusCode()).isEqualTo(405);
    }

    @Test
    void put_stores_the_body_where_it_is_allowed() throws Exception {
        byte[] content = "raw".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> answer = limited.send("PUT", "/put/a%20b", content);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("[\"put/a b\"]");
        assertThat(Files.readAllBytes(limited.root.resolve("put/a b"))).isEqualTo(content);
        assertThat(limited.send("PUT", "/put/..%2f..%2fx", content).statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_encoded_body_is_415() throws Exception {
        HttpResponse<byte[]> answer = server.uploadBody("--b--", "Content-Encoding", "gzip");
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(text(answer)).isEqualTo("Content encoding is not supported (gzip)");
    }

    @Test
    void a_sender_that_expects_100_gets_it() throws IOException {
        String body = part("expect/f", "x") + "--b--";
        try (Socket socket = new Socket("127.0.0.1", server.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head(body.length(), "Expect: 100-continue\r\n"));
            byte[] first = socket.getInputStream().readNBytes(12);
            assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 100");
            socket.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("HTTP/1.1 200");
        }
    }

    @Test
    void an_upload_that_breaks_off_leaves_the_former_file_and_nothing_else() throws Exception {
        server.upload("broken/f", "former");
        var before = server.allFiles();
        String part = part("broken/f", "y".repeat(300_000));
        try (Socket socket = new Socket("127.0.0.1", server.port)) {
            socket.getOutputStream().write(head(10_000_000, ""));
            socket.getOutputStream().write(part.getBytes(StandardCharsets.UTF_8));
            Awaitility.await().until(() -> server.allFiles().size() == before.size() + 1);
            assertThat(server.stored("broken/f")).isEqualTo("former");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> server.allFiles().equals(before));
        assertThat(server.stored("broken/f")).isEqualTo("former");
    }

    private static byte[] head(int length, String header) {
        return ("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                        + header + "Content-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_reader_keeps_the_file_it_began_with() throws Exception {
        String former = "f".repeat(3_000_000);
        server.upload("swap/f", former);
        try (Socket socket = new Socket("127.0.0.1", server.port)) {
            socket.getOutputStream()
                    .write("GET /swap/f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            byte[] start = socket.getInputStream().readNBytes(1000);
            server.upload("swap/f", "new");
            String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(new String(start, StandardCharsets.UTF_8) + rest).endsWith("\r\n\r\n" + former);
        }
        assertThat(server.stored("swap/f")).isEqualTo("new");
    }
}
