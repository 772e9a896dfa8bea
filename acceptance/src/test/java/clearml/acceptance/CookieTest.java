package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CookieTest {

    @Test
    void logInSetsACookieThatBrowsersKeep() {
        var answer = Api.anonymous()
                .basic(Server.underTest().user())
                .call("auth.login")
                .ok();
        var token = answer.data().path("token").asString();
        var cookie = answer.header("Set-Cookie").orElseThrow();

        assertThat(cookie).startsWith("clearml_token_basic=" + token + ";");
        assertThat(cookie.split("; *"))
                .contains("HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=99999999999")
                .doesNotContain("Secure")
                .anyMatch(part -> part.startsWith("Expires="))
                .noneMatch(part -> part.startsWith("Domain"));
    }

    @Test
    void onlyLogInSetsIt() {
        assertThat(Api.user().call("users.get_current_user").ok().header("Set-Cookie"))
                .isEmpty();
    }
}
