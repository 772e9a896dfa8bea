package clearml.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSettingsTest {

    private static final String USERS = "CLEARML__apiserver__auth__fixed_users";

    private static AuthSettings with(String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("CLEARML_CONFIG_DIR", "/nowhere"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return ServerConfig.load(environment).auth();
    }

    @Test
    void the_shipped_settings_are_the_well_known_ones() {
        AuthSettings auth = with();
        assertThat(auth.tokenSecret()).startsWith("Rq8FW84s");
        assertThat(auth.defaultExpiration()).isEqualTo(Duration.ofDays(30));
        assertThat(auth.maxExpiration()).isEqualTo(Duration.ofDays(365));
        assertThat(auth.cookieName()).isEqualTo("clearml_token_basic");
        assertThat(auth.fixedUsers().enabled()).isFalse();
        assertThat(auth.systemCredentials().stream().filter(SystemCredential::isUsable))
                .extracting(SystemCredential::name)
                .containsExactly("apiserver", "fileserver", "tests", "webserver");
        assertThat(auth.systemCredentials().stream().filter(SystemCredential::revokeInFixedMode))
                .extracting(SystemCredential::name)
                .containsExactly("tests", "webserver");
    }

    @Test
    void cookies_follow_the_configuration() {
        CookieSettings cookie = with().cookies().forCompany("any");
        assertThat(cookie.httpOnly()).isTrue();
        assertThat(cookie.secure()).isFalse();
        assertThat(cookie.maxAge()).isEqualTo(99_999_999_999L);
        assertThat(cookie.sameSite()).contains("Lax");
        assertThat(cookie.domain("host:8080")).isEmpty();
    }

    @Test
    void one_domain_holds_for_every_host_and_a_list_for_the_hosts_that_end_with_it() {
        CookieSettings one = with("CLEARML__apiserver__auth__cookies__domain", ".one.com")
                .cookies()
                .forCompany("c");
        assertThat(one.domain("elsewhere")).contains(".one.com");
        CookieSettings list = with("CLEARML__apiserver__auth__cookies__domain", "[.one.com, .two.com]")
                .cookies()
                .forCompany("c");
        assertThat(list.domain("app.two.com:8080")).contains(".two.com");
        assertThat(list.domain("elsewhere")).isEmpty();
    }

    @Test
    void a_company_may_have_another_domain_or_none() {
        CookieSettings.Rules rules = with(
                        "CLEARML__apiserver__auth__cookies__domain", ".one.com",
                        "CLEARML__apiserver__auth__cookies_domain_override", "{c1: .two.com, c2: null}")
                .cookies();
        assertThat(rules.forCompany("c0").domain("x")).contains(".one.com");
        assertThat(rules.forCompany("c1").domain("x")).contains(".two.com");
        assertThat(rules.forCompany("c2").domain("x")).isEmpty();
    }

    @Test
    void a_custom_cookie_of_the_same_name_replaces_all_settings() {
        CookieSettings cookie = with(
                        "CLEARML__apiserver__auth__custom_cookies",
                        "{mine {name: clearml_token_basic, enabled: true, settings {secure: true, max_age: 5}}}")
                .cookies()
                .forCompany("c");
        assertThat(cookie.secure()).isTrue();
        assertThat(cookie.maxAge()).isEqualTo(5);
        assertThat(cookie.sameSite()).isEmpty();
    }

    @Test
    void fixed_users_have_the_ids_of_the_reference() {
        FixedUsers users = with(USERS, "{enabled:true, users:[{username:\"a\",password:0123,name:\"A B\"},]}")
                .fixedUsers();
        FixedUser user = users.find("a").orElseThrow();
        // md5 of d1bd92a3b039400cbafc60a7a5b1e52b:a
        assertThat(user.id()).isEqualTo("38d0d7c35099a51ceffae79411a20ba1");
        assertThat(user.email()).isEqualTo(user.id() + "@example.com");
        assertThat(user.password()).isEqualTo("0123");
        assertThat(user.role()).isEqualTo("user");
        assertThat(users.find("A")).isEmpty();
    }

    @Test
    void the_guest_comes_first_and_only_with_fixed_users() {
        String guest = "CLEARML__services__auth__fixed_users__guest__enabled";
        assertThat(with(guest, "true").fixedUsers().users()).isEmpty();
        FixedUsers users = with(guest, "true", USERS, "{enabled:true, users:[{username:a,password:b,name:c}]}")
                .fixedUsers();
        assertThat(users.users()).extracting(FixedUser::role).containsExactly("guest", "user");
        assertThat(users.users().get(0).company()).isEqualTo("025315a9321f49f8be07f5ac48fbcf92");
        assertThat(users.guestEndpoints()).containsExactly("auth.login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{enabled:true, users:[{username:a,password:b},{username:a,password:c}]}",
                "{enabled:true, users:[{username:a,password:b,nickname:c}]}",
                "{enabled:true, users:[{username:a}]}",
                "{enabled:true, users:[a]}",
                "{enabled:true, users:a}"
            })
    void wrong_users_stop_the_start(String value) {
        assertThatThrownBy(() -> with(USERS, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("apiserver.auth.fixed_users.users");
    }

    @Test
    void no_secret_is_printed() {
        AuthSettings auth = with(USERS, "{enabled:true, users:[{username:a,password:hidden}]}");
        assertThat(auth + " " + auth.fixedUsers().users() + auth.systemCredentials())
                .doesNotContain("hidden")
                .doesNotContain(auth.tokenSecret())
                .doesNotContain("LPEJbGJ6");
    }
}
