package clearml.acceptance;

import org.junit.jupiter.api.Test;

/** Of several mistakes in a request, the one that is looked for first is reported. */
class OrderOfStepsTest {

    @Test
    void theEndpointIsFoundBeforeTheCallerIsAuthenticated() {
        Api.anonymous().call("nobody.knows").fails("404/0");
    }

    @Test
    void theCallerIsAuthenticatedBeforeTheBodyIsRead() {
        Api.anonymous().call("auth.get_credentials", "{broken").fails("401/20");
        Api.anonymous().bearer("x").call("auth.get_credentials", "{broken").fails("401/30");
    }

    @Test
    void theRoleIsTestedBeforeTheBodyIsRead() {
        Api.user().call("auth.create_user", "{broken").fails("403/20");
    }

    @Test
    void theRoleIsTestedBeforeImpersonation() {
        Api.user()
                .request("/auth.create_user")
                .header("X-ClearML-Impersonate-As", "nobody")
                .send()
                .fails("403/20");
    }

    @Test
    void impersonationIsTestedBeforeTheBodyIsRead() {
        Api.system()
                .request("/auth.get_credentials")
                .header("X-ClearML-Impersonate-As", "nobody")
                .json("{broken")
                .send()
                .fails("400/6");
    }

    @Test
    void theBodyIsReadBeforeItIsValidated() {
        Api.user().call("users.get_by_id", "{broken").fails("400/0");
    }
}
