package clearml.fileserver;

import clearml.config.ServerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** A server on a free port, open to everybody unless the settings say otherwise, and ways to talk to it. */
final class TestFileServer implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    final Path root;
    final int port;

    TestFileServer(Path root, Map<String, ?> settings) {
        this.root = root;
        Map<String, Object> overrides =
                new HashMap<>(Map.of("fileserver.upload.folder", root.toString(), "fileserver.auth.enabled", false));
        overrides.putAll(settings);
        ServerConfig config = ServerConfig.load(Map.of("CLEARML_CONFIG_DIR", "/nowhere"), overrides);
        this.context = FileServerApplication.run(config, Map.of("server.port", 0, "server.address", "127.0.0.1"));
        this.port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, new byte[0], headers);
    }

    /** Uploads one file the way the SDK does. */
    HttpResponse<byte[]> upload(String name, String content) throws IOException, InterruptedException {
        return uploadBody(part(name, content) + "--b--\r\n");
    }

    HttpResponse<byte[]> uploadBody(String body, String... headers) throws IOException, InterruptedException {
        String[] all = Stream.concat(Stream.of("Content-Type", "multipart/form-data; boundary=b"), Stream.of(headers))
                .toArray(String[]::new);
        return send("POST", "/", body.getBytes(StandardCharsets.UTF_8), all);
    }

    static String part(String name, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"x\"\r\n"
                + "Content-Type: text/plain\r\n\r\n" + content + "\r\n";
    }

    /** Sends exactly these characters, and reads until the server closes. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            in.transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    String rawStatus(String method, String path) throws IOException {
        String answer = raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        return answer.substring(9, 12);
    }

    void store(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    String stored(String name) throws IOException {
        return Files.readString(root.resolve(name));
    }

    /** Relative paths of everything that is a file, unfinished uploads included. */
    List<String> allFiles() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        context.close();
    }
}
