package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

    private final Api api = Api.anonymous();

    @ParameterizedTest
    @CsvSource({"X-ClearML-Trx", "X-Trains-Trx", "x-clearml-trx", "X-CLEARML-TRX"})
    void aTransactionIdIsEchoed(String header) {
        var answer = api.request("/debug.ping").header(header, "my-trx").send().ok();

        assertThat(answer.meta().path("trx").asString()).isEqualTo("my-trx");
        assertThat(answer.meta().path("id").asString()).matches("[0-9a-f]{32}");
    }

    @Test
    void theNewHeaderWinsOverTheOldOne() {
        var answer = api.request("/debug.ping")
                .header("X-Trains-Trx", "old")
                .header("X-ClearML-Trx", "new")
                .send();

        assertThat(answer.meta().path("trx").asString()).isEqualTo("new");
    }

    @Test
    void aTransactionIdIsEchoedWithAnErrorToo() {
        var answer =
                api.request("/nobody.knows").header("X-ClearML-Trx", "my-trx").send();

        assertThat(answer.fails("404/0").meta().path("trx").asString()).isEqualTo("my-trx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-ClearML-Async",
                "X-ClearML-Client",
                "X-Clearml-Tenant",
                "X-Trains-Async",
                "X-ClearML-Agent",
                "X-Whatever"
            })
    void theseHeadersChangeNothing(String header) {
        api.request("/debug.ping").header(header, "1").send().ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/debug.ping", "/v2/x", "/nobody.knows", "/users.get_current_user"})
    void everyAnswerNamesTheServerAndVariesByEncoding(String path) {
        var answer = api.request(path).send();

        assertThat(answer.headers("Server")).containsExactly("clearml");
        assertThat(String.join(",", answer.headers("Vary"))).containsIgnoringCase("Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/debug.ping", "/v2/x", "/nobody.knows", "/users.get_current_user"})
    void anyOriginIsAllowedWithCredentials(String path) {
        var answer =
                api.request(path).header("Origin", "http://web.example:8080").send();

        assertThat(answer.headers("Access-Control-Allow-Origin")).containsExactly("http://web.example:8080");
        assertThat(answer.headers("Access-Control-Allow-Credentials")).containsExactly("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clearml_apiserver:8008", "_x", "a_.b_c", "localhost", "[::1]:80"})
    void aServerMayHaveTheNameOfAContainer(String host) {
        api.raw("GET /debug.ping HTTP/1.1\nHost: " + host, new byte[0]).ok();

        var files = RawHttp.send(Server.underTest().files(), "GET /nothing HTTP/1.1\nHost: " + host, new byte[0]);
        assertThat(files.status()).isNotEqualTo(400);
    }

    @Test
    void withoutOriginThereAreNoCorsHeaders() {
        assertThat(api.call("debug.ping").headers().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
    }

    @Test
    void aPreflightAllowsTheMethodsAndTheRequestedHeaders() {
        var answer = api.request("/v2.34/tasks.get_all")
                .method("OPTIONS")
                .header("Origin", "http://web.example:8080")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type, x-clearml-client")
                .send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers("Access-Control-Allow-Origin")).containsExactly("http://web.example:8080");
        assertThat(answer.headers("Access-Control-Allow-Credentials")).containsExactly("true");
        assertThat(answer.header("Access-Control-Allow-Methods"))
                .contains("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("content-type, x-clearml-client");
    }

    @Test
    void aLongAnswerIsCompressedForAClientThatAcceptsIt() throws IOException {
        var answer = ping("gzip", 2000);

        assertThat(answer.header("Content-Encoding")).contains("gzip");
        var text = new String(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes());
        assertThat(text).contains("a".repeat(2000)).startsWith("{\"meta\":");
    }

    @Test
    void aShortAnswerIsNotCompressed() {
        assertThat(ping("gzip", 10).header("Content-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "*;q=0", "compress"})
    void aClientThatTakesNoCompressionGetsNone(String accepted) {
        var answer = ping(accepted, 2000);

        assertThat(answer.header("Content-Encoding")).isEmpty();
        answer.ok();
    }

    private Answer ping(String accepted, int length) {
        return api.request("/debug.ping")
                .header("Accept-Encoding", accepted)
                .json("{\"x\":\"" + "a".repeat(length) + "\"}")
                .send();
    }
}
