package clearml.webui;

import clearml.config.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/** The web server on a free port. */
final class RunningWebUi implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    final HttpClient http;

    RunningWebUi(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("webserver.listen.ip", "127.0.0.1");
        this.context = WebUiApplication.run(ServerConfig.load(Map.of(), all), Map.of("server.port", 0));
        // Not before: the first client of a JVM reads which headers may be set.
        this.http = HttpClient.newHttpClient();
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(url(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends bytes as they are, since clients are not all as correct as the JDK's, and gives all that is answered. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
