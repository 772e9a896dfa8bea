package clearml.fileserver;

import static clearml.fileserver.TestFileServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

    private static final String SECRET = "a secret of this test";

    @TempDir
    private Path root;

    private final List<String> questions = new CopyOnWriteArrayList<>();
    private HttpServer api;
    private TestFileServer server;
    private volatile String answer = "{\"data\": {\"valid\": true, \"user\": \"u\", \"company\": \"c\"}}";
    private volatile int status = 200;

    @BeforeEach
    void startApi() throws IOException {
        api = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        api.createContext("/", this::answer);
        api.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        questions.add(exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.close();
        api.stop(0);
    }

    private void start(Object... settings) throws IOException {
        Map<String, Object> all = new HashMap<>(Map.of(
                "fileserver.auth.enabled",
                true,
                "hosts.api_server",
                "http://127.0.0.1:" + api.getAddress().getPort(),
                "secure.auth.token_secret",
                SECRET));
        for (int i = 0; i < settings.length; i += 2) {
            all.put((String) settings[i], settings[i + 1]);
        }
        server = new TestFileServer(root, all);
        server.store("f", "content");
    }

    private static String token(Duration life) {
        return token(life, SECRET);
    }

    private static String token(Duration life, String secret) {
        return JWT.create()
                .withClaim("identity", Map.of("user", "u", "company", "c", "role", "user"))
                .withClaim("session_id", "s")
                .withExpiresAt(Instant.now().plus(life))
                .sign(Algorithm.HMAC256(secret));
    }

    private int status(String... headers) throws Exception {
        return server.get("/f", headers).statusCode();
    }

    @Test
    void nobody_passes_without_a_token() throws Exception {
        start();
        assertThat(status()).isEqualTo(401);
        assertThat(server.upload("x", "x").statusCode()).isEqualTo(401);
        assertThat(server.send("DELETE", "/f", new byte[0]).statusCode()).isEqualTo(401);
        assertThat(server.send("POST", "/delete_many", new byte[0]).statusCode())
                .isEqualTo(401);
        assertThat(server.allFiles()).containsExactly("f");
        assertThat(questions).isEmpty();
    }

    @Test
    void a_ping_an_options_request_and_health_need_none() throws Exception {
        start();
        assertThat(server.get("/").statusCode()).isEqualTo(200);
        assertThat(server.send("OPTIONS", "/f", new byte[0]).statusCode()).isEqualTo(200);
        assertThat(server.get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(server.get("/actuator/health/../../f").statusCode()).isNotEqualTo(200);
        assertThat(server.get("/", "Authorization", "Bearer garbage").statusCode())
                .isEqualTo(401);
    }

    @Test
    void the_api_server_is_asked_once_about_a_token() throws Exception {
        start();
        String token = token(Duration.ofHours(1));
        assertThat(status("Authorization", "Bearer " + token)).isEqualTo(200);
        assertThat(status("Cookie", "a=b; clearml_token_basic=" + token)).isEqualTo(200);
        assertThat(status("Cookie", "clearml-token-k8s=" + token)).isEqualTo(200);
        String own = Base64.getEncoder()
                .encodeToString(
                        ("GSQWPEKSKNKF354LC9V6BHXKTYFD5I:tuBXcGQBECsEhcNiK2kiWi750z9r8Z85XrQ9V0c24huTuCb2xf2X1nKG")
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(questions).containsExactly("/auth.validate_token Basic " + own + " {\"token\":\"" + token + "\"}");
        assertThat(server.get("/f", "Authorization", "Bearer " + token)
                        .headers()
                        .firstValue("cache-control"))
                .contains("private, max-age=300");
    }

    @Test
    void what_the_api_server_denies_is_401_with_its_reason() throws Exception {
        start();
        answer = "{\"data\": {\"valid\": false, \"msg\": \"Signature verification failed\"}}";
        HttpResponse<byte[]> denied = server.get("/f", "Authorization", "Bearer " + token(Duration.ofHours(1)));
        assertThat(denied.statusCode()).isEqualTo(401);
        assertThat(text(denied)).isEqualTo("Signature verification failed");
        answer = "{\"data\": {\"valid\": false}}";
        assertThat(status("Authorization", "Bearer " + token(Duration.ofHours(2))))
                .as("a revoked token")
                .isEqualTo(401);
    }

    @Test
    void garbage_and_expired_tokens_are_refused_without_a_question() throws Exception {
        start();
        assertThat(status("Authorization", "Bearer garbage")).isEqualTo(401);
        assertThat(status("Authorization", "Bearer a.b.c")).isEqualTo(401);
        assertThat(status("Cookie", "clearml_token_basic=garbage")).isEqualTo(401);
        assertThat(status("Authorization", "Bearer " + token(Duration.ofSeconds(-5))))
                .isEqualTo(401);
        assertThat(questions).isEmpty();
    }

    @Test
    void a_logout_counts_when_the_api_server_is_asked_again() throws Exception {
        start("fileserver.auth.revalidate_sec", 0);
        String token = token(Duration.ofHours(1));
        assertThat(status("Authorization", "Bearer " + token)).isEqualTo(200);
        answer = "{\"data\": {\"valid\": false}}";
        assertThat(status("Authorization", "Bearer " + token)).isEqualTo(401);
    }

    @Test
    void known_tokens_go_on_while_the_api_server_is_down_and_unknown_ones_wait() throws Exception {
        start("fileserver.auth.revalidate_sec", 0);
        String known = token(Duration.ofHours(1));
        assertThat(status("Authorization", "Bearer " + known)).isEqualTo(200);
        api.stop(0);
        assertThat(status("Authorization", "Bearer " + known)).isEqualTo(200);
        HttpResponse<byte[]> unknown = server.get("/f", "Authorization", "Bearer " + token(Duration.ofHours(2)));
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void an_api_server_that_does_not_know_us_decides_nothing() throws Exception {
        start();
        status = 401;
        assertThat(status("Authorization", "Bearer " + token(Duration.ofHours(1))))
                .isEqualTo(503);
    }

    @Test
    void other_authorizations_are_refused() throws Exception {
        start();
        for (String header : new String[] {"Basic YTpi", "bearer x", "Digest x"}) {
            HttpResponse<byte[]> denied = server.get("/f", "Authorization", header);
            assertThat(denied.statusCode()).isEqualTo(401);
            assertThat(text(denied)).isEqualTo("Only bearer token authorization is supported");
        }
        assertThat(status("Authorization", "Bearer ")).isEqualTo(401);
    }

    @Test
    void passwords_are_accepted_where_the_operator_wants_it() throws Exception {
        start("fileserver.auth.basic", true);
        assertThat(status("Authorization", "Basic YTpi")).isEqualTo(200);
        assertThat(questions).containsExactly("/auth.login Basic YTpi {}");
        status = 401;
        assertThat(status("Authorization", "Basic YTpj")).isEqualTo(401);
    }

    @Test
    void tokens_can_be_verified_without_an_api_server() throws Exception {
        start("fileserver.auth.verify", "local");
        assertThat(status("Authorization", "Bearer " + token(Duration.ofHours(1))))
                .isEqualTo(200);
        assertThat(status("Authorization", "Bearer " + token(Duration.ofHours(1), "another")))
                .isEqualTo(401);
        assertThat(status("Authorization", "Bearer " + token(Duration.ofSeconds(-5))))
                .isEqualTo(401);
        String none = JWT.create().withClaim("identity", Map.of()).sign(Algorithm.none());
        assertThat(status("Authorization", "Bearer " + none)).isEqualTo(401);
        String nobody = JWT.create().sign(Algorithm.HMAC256(SECRET));
        assertThat(status("Authorization", "Bearer " + nobody)).isEqualTo(401);
        assertThat(questions).isEmpty();
    }
}
