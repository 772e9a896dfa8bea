package clearml.apiserver.security;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Identity;
import clearml.config.ServerConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Logging in and out: tokens, the cookie of browsers, and what is revoked. */
@Component
public final class Sessions {

    private final AuthUsers users;
    private final Tokens tokens;
    private final RevokedTokens revoked;
    private final SessionCookie cookie;
    private final String defaultCompany;

    Sessions(AuthUsers users, Tokens tokens, RevokedTokens revoked, SessionCookie cookie, ServerConfig config) {
        this.users = users;
        this.tokens = tokens;
        this.revoked = revoked;
        this.cookie = cookie;
        this.defaultCompany = config.defaultCompany();
    }

    /** A token for the caller, also set as cookie. */
    public String begin(
            Caller caller, @Nullable Long expirationSec, HttpServletRequest request, HttpServletResponse response) {
        String token = token(caller.user(), caller.company(), expirationSec);
        response.addHeader("Set-Cookie", cookie.carrying(token, request.getServerName(), caller.company()));
        return token;
    }

    /**
     * A token for a user, with the role, name and company that the user has now.
     *
     * @param company of the user; null: any
     * @param expirationSec life in seconds; null or 0: the configured default
     * @throws ApiException 400/301 for an unknown user, 400/12 for too long a life
     */
    public String token(String id, @Nullable String company, @Nullable Long expirationSec) {
        AuthUser user = company == null ? users.byId(id) : users.byId(id, company);
        if (user == null) {
            ApiException unknown = ApiError.INVALID_USER_ID.with("id", id);
            throw company == null ? unknown : unknown.with("company", company);
        }
        String companyName = users.companyName(user.company());
        if (companyName == null) {
            throw ApiError.INVALID_ID.with("company", user.company());
        }
        return tokens.issue(
                new Identity(user.id(), user.company(), user.role(), user.name(), companyName), expirationSec);
    }

    /** Revokes the token that the caller came with and clears the cookie; without a caller only the cookie. */
    public void end(@Nullable Caller caller, HttpServletRequest request, HttpServletResponse response) {
        if (caller != null && caller.session() != null) {
            revoked.revoke(caller.session());
        }
        String company = caller == null ? defaultCompany : caller.company();
        response.addHeader("Set-Cookie", cookie.cleared(request.getServerName(), company));
    }

    /** Who a token stands for; 401/30 when it is not good or was revoked. */
    public Identity verify(String token) {
        Tokens.Verified verified = tokens.verify(token);
        if (revoked.isRevoked(verified.session())) {
            throw ApiError.INVALID_TOKEN.of("revoked token");
        }
        return verified.identity();
    }
}
