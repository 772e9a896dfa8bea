package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {

    private static final String UNREADABLE =
            "The browser (or proxy) sent a request that this server could not understand.";

    private final Api api = Api.anonymous();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "text/plain",
                "application/octet-stream",
                "image/png",
                "nonsense",
                "application/x-ndjson"
            })
    void theContentTypeIsNotLookedAt(String contentType) {
        var answer = api.request("/debug.ping").body(contentType, "{\"a\":1}").send();

        assertThat(answer.ok().data().path("a").asInt()).isEqualTo(1);
    }

    @Test
    void aBodyWithoutContentTypeIsRead() {
        var answer = api.raw("GET /debug.ping HTTP/1.1", "{\"a\":1}".getBytes(UTF_8));

        assertThat(answer.ok().data().path("a").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"\"", "0", "false", "{}"})
    void anEmptyValueIsAnEmptyRequest(String body) {
        assertThat(ping(body).ok().text()).contains("\"data\":{\"msg\":\"ClearML server\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "\"abc\"", "5", "true", "[{}]"})
    void anythingElseThatIsNoObjectIsRefused(String body) {
        var answer = ping(body).isEnvelope();

        // 500 in the reference, which the specification calls a mistake of it
        assertThat(answer.status()).isIn(400, 500);
        assertThat(answer.meta().path("result_subcode").asInt()).isZero();
        assertThat(answer.message()).isEqualTo("Data should be a dict");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "\n",
                "{",
                "{\"a\":}",
                "{'a':1}",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{a:1}",
                "[1,]",
                "nul",
                "<xml/>"
            })
    void whatIsNoJsonIsRefused(String body) {
        ping(body).fails("400/0", UNREADABLE);
    }

    static Stream<Charset> charsets() {
        return Stream.of(UTF_8, UTF_16, UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE"));
    }

    @ParameterizedTest
    @MethodSource("charsets")
    void unicodeEncodingsAreDetected(Charset charset) {
        var answer = api.request("/debug.ping")
                .body("application/json", "{\"a\":\"\u00fc\"}".getBytes(charset))
                .send();

        assertThat(answer.ok().data().path("a").asString()).isEqualTo("\u00fc");
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        var answer = api.request("/debug.ping")
                .body("application/json", "\ufeff{\"a\":1}".getBytes(UTF_8))
                .send();

        assertThat(answer.ok().data().path("a").asInt()).isEqualTo(1);
    }

    @Test
    void ofRepeatedKeysTheLastCounts() {
        assertThat(ping("{\"a\":1,\"a\":2}").ok().text()).contains("\"a\":2}").doesNotContain("\"a\":1");
    }

    @Test
    void numbersKeepTheirSizeAndKind() {
        var text =
                ping("{\"big\":123456789012345678901234567890,\"one\":1,\"float\":1.0,\"thousand\":1000.0,\"tiny\":1e-07}")
                        .ok()
                        .text();

        assertThat(text)
                .contains("\"big\":123456789012345678901234567890")
                .contains("\"one\":1,")
                .contains("\"float\":1.0,")
                .contains("\"thousand\":1000.0,")
                .contains("\"tiny\":1e-07");
    }

    @Test
    void notANumberAndInfinityAreUnderstood() {
        ping("{\"a\":NaN,\"b\":Infinity,\"c\":-Infinity}").ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity", "br", "deflate", "x"})
    void aContentEncodingOfTheRequestIsNotSupported(String encoding) {
        var answer = api.request("/debug.ping")
                .header("Content-Encoding", encoding)
                .json("{}")
                .send();

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.text()).isEqualTo("Content encoding is not supported (" + encoding + ")");
        assertThat(answer.header("Content-Type").orElse("")).startsWith("text/html");
    }

    private Answer ping(String body) {
        return api.call("debug.ping", body);
    }
}
