package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

    private final Api api = Api.anonymous();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/debug.ping",
                "/debug.ping/",
                "/v2.34/debug.ping",
                "/v2.9/debug.ping/",
                "/v1.0/debug.ping",
                "/v1.5/debug.ping",
                "/v999.0/debug.ping",
                "/v20/debug.ping"
            })
    void aPathWithOrWithoutVersionAndOneTrailingSlashReachesTheEndpoint(String path) {
        var answer = api.request(path).send().ok();

        assertThat(answer.data().path("msg").asString()).isEqualTo("ClearML server");
        assertThat(answer.meta().at("/endpoint/name").asString()).isEqualTo("debug.ping");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/x/v2.9/debug.ping",
                "/v2/debug.ping",
                "/v2.34.1/debug.ping",
                "/v2./debug.ping",
                "/debug",
                "/d.ping",
                "/debug.p",
                "/1debug.ping",
                "/debug.1ping",
                "/debug.ping.again",
                "/debug.ping/more",
                "/debug-x.ping",
                "/V2.9/debug.ping"
            })
    void aMalformedPathFailsInTheEnvelope(String path) {
        var answer = api.request(path).send().fails("400/0", "Invalid request path " + path);

        assertThat(answer.text())
                .contains("\"endpoint\":{\"name\":\"\",\"requested_version\":1.0,\"actual_version\":null}");
    }

    @ParameterizedTest
    @CsvSource({"02.9", "00.1", "01.0"})
    void aVersionWithALeadingZeroIsRefused(String version) {
        var answer = api.request("/v" + version + "/debug.ping").send();

        answer.fails("400/2");
        assertThat(answer.message())
                .isEqualTo("Request path has invalid version: version=%s, reason=Invalid leading zero in major: '%s'"
                        .formatted(version, version));
    }

    @ParameterizedTest
    @CsvSource({
        "/v2.34/debug.pong, debug.pong, 2.34",
        "/tasks.no_such_action, tasks.no_such_action, 2.34",
        "/v999.0/nobody.knows, nobody.knows, 999.0",
        "/v2.1/auth.logout, auth.logout, 2.1",
        "/v2.12/login.logout, login.logout, 2.12"
    })
    void anUnknownEndpointOrOneThatIsNewerThanTheVersionIsNotFound(String path, String name, String version) {
        var answer = api.request(path).send();

        answer.fails("404/0", "Unable to find endpoint for name %s and version %s".formatted(name, version));
        assertThat(answer.meta().at("/endpoint/name").asString()).isEqualTo(name);
        assertThat(answer.meta().at("/endpoint/actual_version").isNull()).isTrue();
    }

    @Test
    void pathsThatAnHttpClientWouldNotSendAreAnsweredAndDoNotHurtTheNextRequest() {
        for (var path : new String[] {
            "//debug.ping",
            "/%00",
            "/%zz",
            "/debug.ping%2f",
            "/debug%2fping",
            "/..%2f..%2fetc",
            "/../etc",
            "/debug.ping\u0001",
            "/debug\u007f.ping",
            "/debug.ping#x",
            "/%5c",
            "/\u00e4\u00f6.ping",
            "/debug;x.ping",
            "/debug.ping;x=1",
            "/\\",
            "/a".repeat(2000)
        }) {
            var answer = api.raw("POST " + path + " HTTP/1.1");
            assertThat(answer.isEnvelope().status()).as(path).isLessThan(500);
        }
        api.call("debug.ping").ok();
    }

    @Test
    void anEncodedSlashIsASlash() {
        assertThat(api.raw("POST /v2.34%2Fdebug.ping%2F HTTP/1.1")
                        .ok()
                        .meta()
                        .at("/endpoint/name")
                        .asString())
                .isEqualTo("debug.ping");
        api.raw("POST /debug%2Fping HTTP/1.1").fails("400/0", "Invalid request path /debug/ping");
    }

    @Test
    void whatIsNoPathFailsInTheEnvelopeWithTheHeadersOfEveryAnswer() {
        var answer = api.raw("POST /%00 HTTP/1.1\nOrigin: http://web.example\nX-ClearML-Trx: mine")
                .fails("400/0", "Invalid request path /\0");

        assertThat(answer.meta().path("trx").asString()).isEqualTo("mine");
        assertThat(answer.header("server")).contains("clearml");
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("http://web.example");
        api.raw("POST /debug.ping\u0001 HTTP/1.1").fails("400/0");
        api.raw("PO\u0001ST /debug.ping HTTP/1.1").fails("400/0");
    }

    @Test
    void namesMayHoldLettersOfAnyAlphabet() {
        var answer = api.request("/%C3%A4%C3%B6.%C3%BC%C3%B6").send();

        assertThat(answer.status()).isIn(404, 400);
        answer.isEnvelope();
    }
}
