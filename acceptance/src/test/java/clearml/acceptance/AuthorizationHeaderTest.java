package clearml.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which credentials are taken from a request, and what is said about bad ones. */
class AuthorizationHeaderTest {

    private static final String ENDPOINT = "users.get_current_user";

    @Test
    void noneIsUnauthorized() {
        Api.anonymous().call(ENDPOINT).fails("401/20", "Unauthorized (missing credentials)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer x", "basic eDp5", "Digest x", "BASIC eDp5", "Token x"})
    void anUnknownTypeIsRefusedAndTypesAreCaseSensitive(String header) {
        Api.anonymous().authorization(header).call(ENDPOINT).fails("401/10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic abc", "Basic eDp5e", "Basic YQ="})
    void brokenBase64IsMalformed(String header) {
        var answer = Api.anonymous().authorization(header).call(ENDPOINT);

        answer.fails("401/21");
        assertThat(answer.message()).startsWith("Unauthorized (malformed credentials) (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:y", "nokey", ":", "x:", ":y", "\u00fc:\u00fc"})
    void unknownKeysAreInvalid(String pair) {
        var header = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));

        Api.anonymous()
                .authorization(header)
                .call(ENDPOINT)
                .fails("401/22", "Unauthorized (invalid credentials) (failed to locate provided credentials)");
    }

    @Test
    void emptyDataCountsAsAnEmptyKey() {
        Api.anonymous()
                .raw("POST /users.get_current_user HTTP/1.1\nAuthorization: Basic ")
                .isEnvelope();
        assertThat(Api.anonymous()
                        .raw("POST /users.get_current_user HTTP/1.1\nAuthorization: Basic ")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aRightKeyWithAWrongSecretIsInvalid() {
        var wrong = new Credentials(Server.underTest().user().key(), "wrong");

        Api.anonymous().basic(wrong).call(ENDPOINT).fails("401/22");
    }

    @Test
    void basicWorksOnEveryEndpoint() {
        Api.anonymous().basic(Server.underTest().user()).call(ENDPOINT).ok();
        Api.anonymous()
                .basic(Server.underTest().user())
                .call("users.get_all", "null")
                .ok();
    }

    @Test
    void charactersOutsideTheBase64AlphabetAreSkipped() {
        var header = Server.underTest().user().basic();
        var spoiled = header.substring(0, 12) + "!?" + header.substring(12);

        Api.anonymous().authorization(spoiled).call(ENDPOINT).ok();
    }

    @Test
    void theCookieIsABearerToken() {
        Api.anonymous().cookie(Api.user().token()).call(ENDPOINT).ok();
        Api.anonymous().cookie("garbage").call(ENDPOINT).fails("401/30");
    }

    @Test
    void theHeaderWinsOverTheCookie() {
        Api.anonymous()
                .cookie(Api.user().token())
                .request("/" + ENDPOINT)
                .header("Authorization", "Bearer x")
                .send()
                .fails("401/30");
    }

    @Test
    void anEmptyHeaderHidesTheCookie() {
        Api.anonymous()
                .raw("POST /" + ENDPOINT + " HTTP/1.1\nAuthorization:\nCookie: clearml_token_basic="
                        + Api.user().token())
                .fails("401/20");
    }

    @Test
    void openEndpointsDoNotEvenLookAtCredentials() {
        for (var endpoint : new String[] {"debug.ping", "auth.fixed_users_mode"}) {
            Api.anonymous().authorization("Digest x").call(endpoint).ok();
            Api.anonymous().bearer("garbage").call(endpoint).ok();
        }
    }

    @Test
    void whereCredentialsAreOptionalBadOnesAreIgnored() {
        for (var api : new Api[] {
            Api.anonymous(), Api.anonymous().cookie("garbage"), Api.anonymous().authorization("Digest x")
        }) {
            var modes = api.call("login.supported_modes").ok().data();
            assertThat(modes.path("authenticated").asBoolean()).isFalse();
            api.call("login.logout").ok();
        }
    }
}
