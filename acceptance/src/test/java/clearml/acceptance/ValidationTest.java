package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Typed requests: what is coerced, what is refused, what null means. */
class ValidationTest {

    private static final long THIRTY_DAYS = 2_592_000;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "5, 5",
                "5.7, 5",
                "true, 1",
                "\"60\", 60",
                "-5, -5",
                "null, 2592000",
                "0, 2592000",
                "31536000, 31536000"
            })
    void anIntegerTakesNumbersBooleansAndNumericText(String json, long seconds) {
        assertThat(life("{\"expiration_sec\":" + json + "}")).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", "\"\"", "[]", "{}", "[5]", "99999999999", "31536001"})
    void anIntegerTakesNothingElse(String json) {
        basic().call("auth.login", "{\"expiration_sec\":" + json + "}").fails("400/12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1e400", "99999999999999999999999999"})
    void anIntegerOutOfAllBoundsIsNoServerError(String json) {
        var answer = basic().call("auth.login", "{\"expiration_sec\":" + json + "}");

        assertThat(answer.isEnvelope().status()).isIn(400, 500);
    }

    @Test
    void aMissingFieldIsTheDefault() {
        assertThat(life("{}")).isEqualTo(THIRTY_DAYS);
    }

    @Test
    void unknownFieldsAreAccepted() {
        assertThat(life("{\"no_such_field\":[1,{}],\"expiration_sec\":60}")).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "[\"x\"]", "{}", "1.5"})
    void aStringTakesOnlyStrings(String json) {
        Api.user().call("users.get_by_id", "{\"user\":" + json + "}").fails("400/12");
        Api.user().call("auth.create_credentials", "{\"label\":" + json + "}").fails("400/12");
    }

    @ParameterizedTest
    @CsvSource({
        "users.get_by_id",
        "users.update",
        "users.set_preferences",
        "auth.edit_credentials",
        "auth.revoke_credentials"
    })
    void aRequiredFieldThatIsMissingIsRefused(String endpoint) {
        Api.user().call(endpoint, "{}").fails("400/12");
    }

    @ParameterizedTest
    @CsvSource({
        "users.get_by_id, user",
        "users.update, user",
        "users.set_preferences, preferences",
        "auth.edit_credentials, access_key",
        "auth.revoke_credentials, access_key"
    })
    void aRequiredFieldThatIsNullIsRefused(String endpoint, String field) {
        Api.user().call(endpoint, "{\"" + field + "\":null}").fails("400/12");
    }

    @ParameterizedTest
    @CsvSource({"auth.get_token_for_user", "auth.validate_token", "auth.create_user", "users.create", "users.delete"})
    void theSameOfTheEndpointsOfTheSystem(String endpoint) {
        Api.system().call(endpoint, "{}").fails("400/12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[1]", "\"x\"", "5", "true"})
    void anObjectTakesOnlyObjects(String json) {
        Api.user()
                .call("users.set_preferences", "{\"preferences\":" + json + "}")
                .fails("400/12");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "true, true",
                "\"false\", true",
                "1, true",
                "[0], true",
                "\"\", false",
                "0, false",
                "[], false",
                "{}, false"
            })
    void aBooleanTakesAnythingByItsTruth(String json, boolean stored) {
        var answer = Api.user()
                .call("server.report_stats_option", "{\"enabled\":" + json + "}")
                .ok();

        assertThat(answer.data().path("enabled").asBoolean()).isEqualTo(stored);
        Api.user().call("server.report_stats_option", "{\"enabled\":false}").ok();
    }

    @Test
    void nullForABooleanIsFalsyEvenIfTheDefaultIsTrue() {
        var user = Api.user();
        user.call("users.set_preferences", "{\"preferences\":{\"acceptance\":\"x\"}}")
                .ok();

        var answer = user.call(
                        "users.set_preferences", "{\"preferences\":{\"acceptance\":\"y\"},\"return_updated\":null}")
                .ok();

        assertThat(answer.data().path("updated").asInt()).isEqualTo(1);
        assertThat(answer.data().path("fields").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"zz\"", "\"system\"", "\"root\"", "\"USER\"", "5"})
    void anEnumerationTakesOnlyItsMembers(String json) {
        Api.system()
                .call("auth.edit_user", "{\"user\":\"nobody\",\"role\":" + json + "}")
                .fails("400/12");
    }

    private static Api basic() {
        return Api.anonymous().basic(Server.underTest().user());
    }

    private static long life(String request) {
        var token =
                basic().call("auth.login", request).ok().data().path("token").asString();
        var payload = Jwt.payload(token);
        return payload.path("exp").asLong() - payload.path("iat").asLong();
    }
}
