package clearml.apiserver.deletion;

import clearml.apiserver.call.Identity;
import clearml.apiserver.call.Role;
import clearml.apiserver.security.Tokens;
import clearml.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deletes files on our file server, over HTTP, as the system user. */
@Component
class FileServerClient {

    private static final String SETTINGS = "services.async_urls_delete.fileserver.";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final String NOT_FOUND = "Not found";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final JsonMapper json = JsonMapper.shared();
    private final Tokens tokens;
    private final Identity identity;
    private final URI host;
    private final Duration timeout;
    private final long tokenSec;

    FileServerClient(Tokens tokens, ServerConfig config) {
        this.tokens = tokens;
        this.identity = new Identity("__apiserver__", config.defaultCompany(), Role.SYSTEM, "apiserver", "");
        this.host = URI.create(config.string("hosts.fileserver").replaceFirst("/+$", ""));
        this.timeout = config.duration(SETTINGS + "timeout_sec");
        this.tokenSec = config.longInteger(SETTINGS + "token_expiration_sec");
    }

    /** Throws when the file server cannot be reached. */
    void requireReachable() throws IOException {
        send(request("/").GET());
    }

    Deleted delete(List<String> paths) throws IOException {
        byte[] body = json.writeValueAsBytes(Map.of("files", paths));
        JsonNode answer = json.readTree(send(request("/delete_many")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))));
        Set<String> gone = new HashSet<>(answer.path("deleted").propertyNames());
        Map<String, String> errors = new HashMap<>();
        answer.path("errors")
                .propertyStream()
                .forEach(error -> error.getValue().forEach(path -> {
                    if (error.getKey().equals(NOT_FOUND)) {
                        gone.add(path.asString());
                    } else {
                        errors.put(path.asString(), error.getKey());
                    }
                }));
        return new Deleted(gone, errors);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(host + path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + tokens.issue(identity, tokenSec));
    }

    private byte[] send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("the file server " + host + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
