package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, the answer is not a server error, and the next request does not suffer. */
class BadInputTest {

    private static final String[] ENDPOINTS = {
        "debug.ping",
        "auth.login",
        "auth.create_credentials",
        "auth.edit_credentials",
        "users.get_by_id",
        "users.get_all",
        "users.get_all_ex",
        "users.update",
        "users.set_preferences",
        "login.supported_modes",
        "server.report_stats_option"
    };

    private final Api api = TestUser.create().api();

    @AfterEach
    void theNextRequestIsGood() {
        var data = api.call("debug.ping", "{\"still\":\"here\"}").ok().data();
        assertThat(data.path("still").asString()).isEqualTo("here");
    }

    static LongStream seeds() {
        // The same ones every time, so that a change is judged by what it changes; -Dtest.seed looks for new ones.
        var first = Settings.find("test.seed").map(Long::parseLong).orElse(1_000L);
        return LongStream.range(first, first + 8);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomJsonIsNoServerError(long seed) {
        var json = new RandomJson(seed);
        for (var endpoint : ENDPOINTS) {
            for (var i = 0; i < 12; i++) {
                noServerError(endpoint, json.request().getBytes(UTF_8));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void truncatedAndSpoiledJsonIsNoServerError(long seed) {
        var json = new RandomJson(seed);
        var random = new Random(seed);
        for (var endpoint : ENDPOINTS) {
            var body = json.request().getBytes(UTF_8);
            noServerError(endpoint, Arrays.copyOf(body, random.nextInt(body.length)));
            for (var i = 0; i < 3; i++) {
                var spoiled = body.clone();
                spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt(256);
                noServerError(endpoint, spoiled);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"name\":[", "{\"preferences\":{\"a\":"})
    void nestingOfTenThousandIsNoServerError(String open) {
        var closed = open.repeat(10_000) + "1"
                + new StringBuilder(open.replaceAll("[^\\[{]", "").repeat(10_000))
                        .reverse()
                        .toString()
                        .replace('[', ']')
                        .replace('{', '}');
        for (var endpoint : ENDPOINTS) {
            noServerError(endpoint, closed.getBytes(UTF_8));
            noServerError(endpoint, open.repeat(10_000).getBytes(UTF_8));
        }
    }

    @Test
    void whatCouldBeReadCanBeWrittenHoweverDeep() {
        var deep = "{\"a\":".repeat(499) + "{}" + "}".repeat(499);

        noServerError("debug.ping", deep.getBytes(UTF_8));
    }

    @Test
    void aBodyThatIsNotCutIntoChunksAsItSaysIsNoServerError() {
        var answer = api.raw("POST /debug.ping HTTP/1.1\nTransfer-Encoding: chunked", "zz\r\n".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void bytesThatAreNoUtf8AreNoServerError() {
        for (var endpoint : ENDPOINTS) {
            noServerError(endpoint, new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, '"', '}'});
            noServerError(endpoint, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 'x'});
            noServerError(endpoint, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
            noServerError(
                    endpoint, "{\"name\":\"\\ud800\",\"user\":\"\\udc00\",\"label\":\"\\ud800x\"}".getBytes(UTF_8));
        }
    }

    @Test
    void nulCharactersAreNoServerError() {
        for (var endpoint : ENDPOINTS) {
            noServerError(endpoint, new byte[] {0});
            noServerError(endpoint, new byte[1000]);
            noServerError(endpoint, "{\"a\":\"\\u0000\",\"name\":\"\\u0000\",\"user\":\"x\\u0000\"}".getBytes(UTF_8));
            noServerError(endpoint, "{\"preferences\":{\"a\\u0000b\":1},\"label\":\"\\u0000\"}".getBytes(UTF_8));
        }
    }

    @Test
    void keysThatMeanSomethingToADatabaseAreNoServerError() {
        var body = "{\"id\":{\"$gt\":\"\"},\"name\":{\"$where\":\"1\"},\"user\":{\"$ne\":null},\"$or\":[{}],\"\":1,"
                + "\"preferences\":{\"$set\":1,\"a.$b\":2,\"..\":3},\"label\":{\"$x\":1},\"page\":{\"$gt\":0}}";
        for (var endpoint : ENDPOINTS) {
            noServerError(endpoint, body.getBytes(UTF_8));
        }
    }

    @Test
    void aHundredMegabytesAreTooLargeWhereNoBatchIsExpected() {
        var large = new byte[100 << 20];
        Arrays.fill(large, (byte) ' ');
        large[0] = '{';
        large[large.length - 1] = '}';

        tooLargeOrCutOff(
                () -> api.request("/debug.ping").body("application/json", large).send());
        tooLargeOrCutOff(() -> api.request("/debug.ping")
                .body("application/json", large)
                .chunked()
                .send());
    }

    @Test
    void aBodyUnderTheLimitIsRead() {
        var answer = api.call("debug.ping", "{\"a\":\"" + "x".repeat(20 << 20) + "\"}")
                .ok();

        assertThat(answer.body().length).isGreaterThan(20 << 20);
    }

    @Test
    void manyKeysAndLongNamesAreNoServerError() {
        var keys = new StringBuilder("{\"" + "k".repeat(200_000) + "\":1");
        for (var i = 0; i < 50_000; i++) {
            keys.append(",\"key").append(i).append("\":").append(i);
        }
        for (var endpoint : ENDPOINTS) {
            noServerError(endpoint, keys.append('}').toString().getBytes(UTF_8));
            keys.setLength(keys.length() - 1);
        }
    }

    @Test
    void brokenFormsAndQueriesAreNoServerError() {
        for (var query : new String[] {
            "?a.b=1&a=2&a.b.c=3", "?=1", "?&&&", "?a%5B%5D%5B%5D=1", "?a..b=1", "?.=1", "?%00=1", "?a=%zz"
        }) {
            var answer = api.raw("POST /debug.ping" + query + " HTTP/1.1");
            assertThat(answer.status()).as(query).isLessThan(500);
        }
        for (var form : new String[] {"%", "a=%zz", "=&=", "a.b=1&a=2"}) {
            var answer = api.request("/debug.ping")
                    .body("application/x-www-form-urlencoded", form)
                    .send();
            assertThat(answer.status()).as(form).isLessThan(500);
        }
        for (var multipart :
                new String[] {"", "--b", "--b\r\n\r\n", "--b\r\nContent-Disposition: x\r\n\r\n1\r\n--b--", "--x--"}) {
            var answer = api.request("/debug.ping")
                    .body("multipart/form-data; boundary=b", multipart)
                    .send();
            assertThat(answer.status()).as(multipart).isLessThan(500);
        }
        api.request("/debug.ping").body("multipart/form-data", "x").send();
    }

    @Test
    void hugeHeadersAreRefusedByTheServerAndNotByItsDeath() {
        var answer = api.raw("POST /debug.ping HTTP/1.1\nX-Large: " + "x".repeat(500_000));

        assertThat(answer.status()).isBetween(400, 499);
    }

    private void noServerError(String endpoint, byte[] body) {
        var answer = api.request("/" + endpoint).body("application/json", body).send();
        assertThat(answer.status())
                .as("%s with %s: %s", endpoint, brief(body), answer.message())
                .isLessThan(500);
        answer.isEnvelope();
    }

    /** 413 in the envelope; a server may also close the connection on a client that goes on sending. */
    private static void tooLargeOrCutOff(java.util.function.Supplier<Answer> call) {
        try {
            assertThat(call.get().isEnvelope().status()).isEqualTo(413);
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(IOException.class);
        }
    }

    private static String brief(byte[] body) {
        return new String(body, 0, Math.min(body.length, 500), UTF_8);
    }
}
