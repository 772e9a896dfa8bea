package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationTest {

    @ParameterizedTest
    @ValueSource(strings = {"auth.logout", "login.logout"})
    void aTokenIsGoodForNothingAfterItsLogout(String logout) {
        var session = Api.user();
        session.call("auth.get_credentials").ok();

        assertThat(session.call(logout).ok().data().isEmpty()).isTrue();

        session.call("auth.get_credentials").fails("401/30", "Invalid token (revoked token)");
    }

    @Test
    void otherSessionsOfTheUserLiveOn() {
        var one = Api.user();
        var other = Api.user();

        one.call("auth.logout").ok();

        other.call("auth.get_credentials").ok();
    }

    @Test
    void logoutClearsTheCookie() {
        for (var logout : new String[] {"auth.logout", "login.logout"}) {
            var cookie = Api.user().call(logout).ok().header("Set-Cookie").orElseThrow();

            assertThat(cookie).startsWith("clearml_token_basic=").contains("Max-Age=0");
            assertThat(cookie.split(";")[0]).isIn("clearml_token_basic=", "clearml_token_basic=\"\"");
            assertThat(cookie).contains("Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        }
    }

    @Test
    void anyoneMayLogOutOfTheWebButTheApiNeedsAuthentication() {
        assertThat(Api.anonymous().call("login.logout").ok().header("Set-Cookie"))
                .isPresent();
        Api.anonymous().call("auth.logout").fails("401/20");
    }

    @Test
    void theExtraFieldsOfTheWebAreIgnored() {
        var answer = Api.anonymous()
                .call("login.logout", "{\"redirect_url\":\"http://x\",\"provider\":\"y\"}")
                .ok();

        assertThat(answer.data().isEmpty()).isTrue();
    }

    @Test
    void keyAndSecretAreNotAffectedByALogout() {
        var basic = Api.anonymous().basic(Server.underTest().user());

        basic.call("auth.logout").ok();

        basic.call("auth.get_credentials").ok();
    }

    @Test
    void aRevokedTokenDoesNotValidate() {
        var session = Api.user();
        session.call("auth.logout").ok();

        var answer = Api.system()
                .call("auth.validate_token", Map.of("token", session.token()))
                .ok();

        assertThat(answer.data().path("valid").asBoolean()).isFalse();
    }
}
