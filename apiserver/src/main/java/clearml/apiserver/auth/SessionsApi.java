package clearml.apiserver.auth;

import clearml.apiserver.call.Access;
import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.call.Identity;
import clearml.apiserver.security.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens: logging in and out. */
@ApiController
class SessionsApi {

    private final Sessions sessions;

    SessionsApi(Sessions sessions) {
        this.sessions = sessions;
    }

    record LoginRequest(@Nullable Long expirationSec) {}

    record TokenRequest(
            @Field(required = true) String user,
            @Nullable String company,
            @Nullable Long expirationSec) {}

    record Token(String token) {}

    record ValidateRequest(@Field(required = true) String token) {}

    /** Whether a token is good; with whose it is, or what is wrong with it. */
    record Validation(
            boolean valid,
            @Nullable String user,
            @Nullable String company,
            @Nullable String msg) {}

    /** A fresh token for whoever is authenticated, in the answer and as cookie. */
    @ApiCall("auth.login")
    Token login(LoginRequest request, Caller caller, HttpServletRequest httpRequest, HttpServletResponse httpResponse) {
        return new Token(sessions.begin(caller, request.expirationSec(), httpRequest, httpResponse));
    }

    /** Ends the session of the token that the caller came with. */
    @ApiCall(value = "auth.logout", since = "2.2")
    Map<String, Object> logout(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        sessions.end(caller, request, response);
        return Map.of();
    }

    /** A token for somebody else. */
    @ApiCall(value = "auth.get_token_for_user", access = Access.SYSTEM)
    Token tokenForUser(TokenRequest request) {
        String company = request.company();
        return new Token(sessions.token(
                request.user(), company == null || company.isEmpty() ? null : company, request.expirationSec()));
    }

    /** Tells about any token; a bad one is a good answer. */
    @ApiCall(value = "auth.validate_token", access = Access.SYSTEM)
    Validation validate(ValidateRequest request) {
        try {
            Identity identity = sessions.verify(request.token());
            return new Validation(true, identity.user(), identity.company(), null);
        } catch (ApiException e) {
            Object reason = e.arguments().get("reason");
            return new Validation(false, null, null, reason == null ? e.getMessage() : reason.toString());
        }
    }
}
