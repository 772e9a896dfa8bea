package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Calls the API server as one caller. */
final class Api {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI base;
    private final Map<String, String> identity;

    private Api(URI base, Map<String, String> identity) {
        this.base = base;
        this.identity = identity;
    }

    /** Without any credentials, on the server under test. */
    static Api anonymous() {
        return at(Server.underTest().api());
    }

    /** With the token of a user. */
    static Api user() {
        return anonymous().login(Server.underTest().user());
    }

    /** With the token of a system role. */
    static Api system() {
        return anonymous().login(Server.underTest().system());
    }

    static Api at(URI base) {
        return new Api(base, Map.of());
    }

    Api login(Credentials credentials) {
        var token =
                basic(credentials).call("auth.login").ok().data().path("token").asString();
        return bearer(token);
    }

    Api basic(Credentials credentials) {
        return authorization(credentials.basic());
    }

    Api bearer(String token) {
        return authorization("Bearer " + token);
    }

    Api authorization(String value) {
        return new Api(base, Map.of("Authorization", value));
    }

    /** The same caller from a machine of that name. */
    Api worker(String name) {
        var more = new HashMap<>(identity);
        more.put("X-ClearML-Worker", name);
        return new Api(base, more);
    }

    Api cookie(String value) {
        return new Api(base, Map.of("Cookie", "clearml_token_basic=" + value));
    }

    Api noCredentials() {
        return new Api(base, Map.of());
    }

    /** The token that this caller presents. */
    String token() {
        return identity.getOrDefault("Authorization", "").replaceFirst("^Bearer ", "");
    }

    Answer call(String endpoint) {
        return call(endpoint, "{}");
    }

    /** Calls an endpoint, with or without a version in front, with a JSON text. */
    Answer call(String endpoint, String json) {
        return request("/" + endpoint).json(json).send();
    }

    Answer call(String endpoint, Map<String, ? extends @Nullable Object> body) {
        return call(endpoint, JSON.writeValueAsString(body));
    }

    /** A request to be filled in; POST unless said otherwise. */
    Request request(String path) {
        var request = new Request(HTTP, URI.create(base + path));
        identity.forEach(request::header);
        return request;
    }

    /** A request sent as these very bytes, for what an HTTP client would not let through. */
    Answer raw(String head, byte[] body) {
        return RawHttp.send(base, head, body);
    }

    Answer raw(String head) {
        return raw(head, "".getBytes(UTF_8));
    }
}
