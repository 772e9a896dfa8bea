package clearml.fileserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, whose whole heap is smaller than what is under way at a time. */
class MemoryTest {

    private static final int UPLOADS = 20;
    private static final int SIZE = 16 * 1024 * 1024;

    @Test
    void twenty_uploads_and_downloads_at_a_time_need_a_small_heap(@TempDir Path folder) throws Exception {
        int port = freePort();
        Process process = start(port, folder);
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> exchange(port, "GET / HTTP/1.0\r\n\r\n").startsWith("HTTP/1.1 200"));
            ExecutorService threads = Executors.newFixedThreadPool(UPLOADS);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < UPLOADS; i++) {
                String name = "memory/" + i;
                answers.add(threads.submit(() -> upload(port, name)));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).startsWith("HTTP/1.1 200");
            }
            threads.shutdown();
            for (int i = 0; i < UPLOADS; i++) {
                assertThat(folder.resolve("files/memory/" + i)).hasSize(SIZE);
            }
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(Files.readString(folder.resolve("log"))).doesNotContain("OutOfMemory");
    }

    private static Process start(int port, Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:MaxDirectMemorySize=32m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FileServerApplication.class.getName(),
                "--port=" + port,
                "--ip=127.0.0.1",
                "--upload-folder=" + folder.resolve("files"));
        builder.environment()
                .putAll(Map.of("CLEARML__fileserver__auth__enabled", "false", "CLEARML_CONFIG_DIR", "/nowhere"));
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static String upload(int port, String name) throws IOException {
        byte[] head =
                TestFileServer.part(name, "").stripTrailing().concat("\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                            + "Content-Type: multipart/form-data; boundary=b\r\n"
                            + "Content-Length: " + (head.length + SIZE + tail.length) + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(head);
            byte[] chunk = new byte[64 * 1024];
            for (int sent = 0; sent < SIZE; sent += chunk.length) {
                out.write(chunk);
            }
            out.write(tail);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
