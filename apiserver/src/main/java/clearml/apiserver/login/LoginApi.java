package clearml.apiserver.login;

import clearml.apiserver.call.Access;
import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Call;
import clearml.apiserver.security.LoginModes;
import clearml.apiserver.security.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;

/** The first and the last call of the web UI. */
@ApiController
class LoginApi {

    /** The start waits for Elasticsearch and refuses data that were never upgraded: no server runs with either error. */
    private static final Map<String, Boolean> SERVER_ERRORS =
            Map.of("missed_es_upgrade", false, "es_connection_error", false);

    private final LoginModes modes;
    private final Sessions sessions;

    LoginApi(LoginModes modes, Sessions sessions) {
        this.modes = modes;
        this.sessions = sessions;
    }

    record Basic(boolean enabled, LoginModes.Guest guest) {}

    record SupportedModes(
            boolean authenticated,
            Basic basic,
            Map<String, Boolean> serverErrors,
            Map<String, String> sso,
            List<Object> ssoProviders) {}

    /** No further members count; typed, so that a list of requests is refused. */
    record NoRequest() {}

    /** Whether the browser is logged in already, and how it can be. */
    @ApiCall(value = "login.supported_modes", access = Access.OPTIONAL)
    SupportedModes supportedModes(NoRequest request, Call call) {
        return new SupportedModes(
                call.caller() != null, new Basic(modes.passwords(), modes.guest()), SERVER_ERRORS, Map.of(), List.of());
    }

    /** Ends the session, if there is one, and clears the cookie in any case. */
    @ApiCall(value = "login.logout", since = "2.13", access = Access.OPTIONAL)
    Map<String, Object> logout(Call call, HttpServletRequest request, HttpServletResponse response) {
        sessions.end(call.caller(), request, response);
        return Map.of();
    }
}
