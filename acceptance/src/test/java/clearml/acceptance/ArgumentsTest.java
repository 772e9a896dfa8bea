package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Query arguments and form fields become part of the request. */
class ArgumentsTest {

    private final Api api = Api.anonymous();

    @Test
    void theExampleOfTheSpecification() {
        var answer = api.request("/debug.ping?a=1&b.c=2.5&d=true&e=x&e=7&f[]=z&i=-5")
                .send()
                .ok();

        assertThatJson(answer.data().toString()).isEqualTo("""
                        {"msg":"ClearML server","a":1,"b":{"c":2.5},"d":true,"e":["x",7],"f":["z"],"i":"-5"}
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "00012, 12",
                ".5, 0.5",
                "5., 5.0",
                "1.0, 1.0",
                "7, 7",
                "true, true",
                "True, true",
                "TRUE, true",
                "false, false",
                "False, false",
                "FALSE, false",
                "tRue, \"tRue\"",
                "-5, \"-5\"",
                "1e5, \"1e5\"",
                "1.2.3, \"1.2.3\"",
                "null, \"null\"",
                "``, \"\"",
                "x%20y, \"x y\"",
                "a+b, \"a b\""
            })
    void aValueIsConverted(String value, String json) {
        var text = api.request("/debug.ping?k=" + value).send().ok().text();

        assertThat(text).contains("\"k\":" + json);
    }

    @Test
    void bracketsAtTheEndMakeAListAndAreCutOff() {
        assertThatJson(api.request("/debug.ping?k[]=1").send().ok().data().toString())
                .node("k")
                .isEqualTo("[1]");
    }

    @Test
    void theQueryWinsOverTheJsonBodyAndMergesIntoObjects() {
        var answer = api.request("/debug.ping?a=query&b.c=1")
                .json("{\"a\":\"body\",\"b\":{\"d\":2},\"e\":3}")
                .send()
                .ok();

        assertThatJson(answer.data().toString())
                .isEqualTo("{\"msg\":\"ClearML server\",\"a\":\"query\",\"b\":{\"c\":1,\"d\":2},\"e\":3}");
    }

    @Test
    void formFieldsWinOverTheQuery() {
        var answer = api.request("/debug.ping?a=query&q=1")
                .body("application/x-www-form-urlencoded", "a=form&b.c=2&l=1&l=x")
                .send()
                .ok();

        assertThatJson(answer.data().toString())
                .isEqualTo("{\"msg\":\"ClearML server\",\"a\":\"form\",\"q\":1,\"b\":{\"c\":2},\"l\":[1,\"x\"]}");
    }

    @Test
    void textPartsOfAMultipartFormAreFields() {
        var body = """
                --b\r
                Content-Disposition: form-data; name="a"\r
                \r
                1\r
                --b\r
                Content-Disposition: form-data; name="b.c"\r
                \r
                x\r
                --b--\r
                """;
        var answer = api.request("/debug.ping")
                .body("multipart/form-data; boundary=b", body)
                .send()
                .ok();

        assertThatJson(answer.data().toString()).isEqualTo("{\"msg\":\"ClearML server\",\"a\":1,\"b\":{\"c\":\"x\"}}");
    }

    @Test
    void aPathThroughAScalarFailsInTheEnvelope() {
        var answer = api.request("/debug.ping?a.b=1").json("{\"a\":2}").send().isEnvelope();

        assertThat(answer.status()).isIn(400, 500);
    }

    @Test
    void logInTakesTheLifeOfTheTokenFromTheQuery() {
        var answer = api.basic(Server.underTest().user())
                .request("/auth.login?expiration_sec=120")
                .method("GET")
                .send()
                .ok();

        var payload = Jwt.payload(answer.data().path("token").asString());
        assertThat(payload.path("exp").asLong() - payload.path("iat").asLong()).isEqualTo(120);
    }
}
