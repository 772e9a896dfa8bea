package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;

import org.junit.jupiter.api.Test;

class LoginTest {

    @Test
    void withoutFixedUsersTheWebLogsInByName() {
        assertThatJson(Api.anonymous().call("login.supported_modes").ok().data().toString())
                .isEqualTo("""
                        {
                          "authenticated": false,
                          "basic": {"enabled": false, "guest": {"enabled": false}},
                          "server_errors": {"missed_es_upgrade": false, "es_connection_error": false},
                          "sso": {},
                          "sso_providers": []
                        }
                        """);
    }

    @Test
    void whoeverPresentsATokenIsAuthenticated() {
        for (var api : new Api[] {Api.user(), Api.anonymous().cookie(Api.user().token())}) {
            assertThatJson(api.call("login.supported_modes").ok().data().toString())
                    .node("authenticated")
                    .isEqualTo(true);
        }
    }

    @Test
    void theModeOfFixedUsersIsPublic() {
        assertThatJson(Api.anonymous().call("auth.fixed_users_mode").ok().data().toString())
                .isEqualTo("{\"enabled\": false, \"guest\": {\"enabled\": false}, \"server_errors\": {}}");
    }
}
