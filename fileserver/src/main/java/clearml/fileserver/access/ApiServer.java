package clearml.fileserver.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the file server asks of the API server. Connects with the first question. */
final class ApiServer {

    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final JsonMapper json;
    private final String url;
    private final String ownAuthorization;

    ApiServer(String url, String key, String secret, JsonMapper json) {
        this.url = url.replaceFirst("/+$", "");
        this.ownAuthorization =
                "Basic " + Base64.getEncoder().encodeToString((key + ":" + secret).getBytes(StandardCharsets.UTF_8));
        this.json = json;
    }

    /** {@code auth.validate_token}: revoked ones are invalid without a reason. */
    void validateToken(String token) throws Denied, Undecided {
        Answer answer = call("auth.validate_token", ownAuthorization, json.writeValueAsString(Map.of("token", token)));
        if (answer.status() != 200) {
            log.error("{} answered {} to auth.validate_token with secure.credentials.fileserver", url, answer.status());
            throw new Undecided("The API server does not answer about tokens");
        }
        JsonNode data = answer.body().path("data");
        if (!data.path("valid").asBoolean(false)) {
            throw new Denied(data.path("msg").asString("Invalid token"));
        }
    }

    /** {@code auth.login} with the caller's own authorization. */
    void login(String authorization) throws Denied, Undecided {
        int status = call("auth.login", authorization, "{}").status();
        if (status == 401 || status == 403 || status == 400) {
            throw new Denied("Invalid credentials");
        }
        if (status != 200) {
            throw new Undecided("The API server does not answer about credentials");
        }
    }

    private Answer call(String endpoint, String authorization, String body) throws Undecided {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/" + endpoint))
                .timeout(ANSWER)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode content = response.statusCode() == 200 ? json.readTree(response.body()) : json.nullNode();
            return new Answer(response.statusCode(), content);
        } catch (IOException | JacksonException e) {
            log.warn("{} cannot be asked: {}", url, e.toString());
            throw new Undecided("The API server cannot be reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Undecided("The server is shutting down");
        }
    }

    private record Answer(int status, JsonNode body) {}
}
