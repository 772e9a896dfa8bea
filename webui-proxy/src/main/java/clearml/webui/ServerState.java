package clearml.webui;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the servers behind this one how they are. */
@Component
class ServerState {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HttpClient http;
    private final WebUiSettings settings;
    private final JsonMapper json = new JsonMapper();

    ServerState(HttpClient http, WebUiSettings settings) {
        this.http = http;
        this.settings = settings;
    }

    /**
     * State by name, {@code UP} or {@code DOWN}, and for stores {@code UNKNOWN} while the API server does not say:
     * {@code api}, {@code files}, {@code mongo}, {@code redis}, {@code elasticsearch}.
     */
    Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        states.put("api", status(URI.create(settings.api() + "/debug.ping")));
        states.put("files", status(URI.create(settings.files() + "/")));
        JsonNode components = health().path("components");
        for (String store : new String[] {"mongo", "redis", "elasticsearch"}) {
            states.put(store, components.path(store).path("status").asString("UNKNOWN"));
        }
        return states;
    }

    private String status(URI address) {
        try {
            return get(address).statusCode() == 200 ? "UP" : "DOWN";
        } catch (IOException e) {
            return "DOWN";
        }
    }

    private JsonNode health() {
        try {
            return json.readTree(
                    get(URI.create(settings.api() + "/actuator/health")).body());
        } catch (IOException | JacksonException e) {
            return json.createObjectNode();
        }
    }

    private HttpResponse<String> get(URI address) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
