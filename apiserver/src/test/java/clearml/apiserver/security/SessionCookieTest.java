package clearml.apiserver.security;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.config.ServerConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionCookieTest {

    private final Map<String, Object> settings = new HashMap<>();

    @Test
    void theShippedCookieLivesForEver() {
        assertThat(set("example.com", "c"))
                .matches(
                        "clearml_token_basic=TOKEN; Expires=[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT;"
                                + " Max-Age=99999999999; HttpOnly; Path=/; SameSite=Lax");
    }

    @Test
    void aClearedCookieIsEmptyAndOver() {
        assertThat(cookie().cleared("example.com", "c"))
                .isEqualTo("clearml_token_basic=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; Path=/;"
                        + " SameSite=Lax");
    }

    @Test
    void attributesAreConfigured() {
        settings.put("apiserver.auth.cookies.httponly", false);
        settings.put("apiserver.auth.cookies.secure", true);
        settings.put("apiserver.auth.cookies.samesite", "None");
        settings.put("apiserver.auth.cookies.max_age", 60);
        settings.put("apiserver.auth.cookies.domain", ".example.com");
        settings.put("apiserver.auth.session_auth_cookie_name", "other");

        assertThat(set("api.example.com", "c"))
                .startsWith("other=TOKEN; Domain=.example.com; Expires=")
                .endsWith("; Max-Age=60; Secure; Path=/; SameSite=None")
                .doesNotContain("HttpOnly");
    }

    @ParameterizedTest
    @CsvSource({
        "api.one.com, .one.com",
        "api.two.com, .two.com",
        "api.three.com, ",
    })
    void theDomainIsChosenByTheHost(String host, String domain) {
        settings.put("apiserver.auth.cookies.domain", List.of(".one.com", ".two.com"));

        if (domain == null) {
            assertThat(set(host, "c")).doesNotContain("Domain");
        } else {
            assertThat(set(host, "c")).contains("; Domain=" + domain + ";");
        }
    }

    @Test
    void aCompanyMayHaveADomainOfItsOwn() {
        settings.put("apiserver.auth.cookies.domain", ".common.com");
        settings.put("apiserver.auth.cookies_domain_override", Map.of("c1", ".own.com"));

        assertThat(set("x", "c1")).contains("; Domain=.own.com;");
        assertThat(set("x", "c2")).contains("; Domain=.common.com;");
    }

    private String set(String host, String company) {
        return cookie().carrying("TOKEN", host, company);
    }

    private SessionCookie cookie() {
        return new SessionCookie(ServerConfig.load(Map.of("CLEARML_CONFIG_DIR", "/nonexistent"), settings));
    }
}
