package clearml.apiserver.security;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Authentication;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Identity;
import clearml.config.ServerConfig;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who is calling: by {@code Authorization} header, else by cookie. */
@Component
final class RequestAuthentication implements Authentication {

    private final String cookieName;
    private final BasicAuthentication basic;
    private final VerifiedTokens tokens;
    private final Impersonation impersonation;

    RequestAuthentication(
            ServerConfig config, BasicAuthentication basic, VerifiedTokens tokens, Impersonation impersonation) {
        this.cookieName = config.auth().cookieName();
        this.basic = basic;
        this.tokens = tokens;
        this.impersonation = impersonation;
    }

    @Override
    public Caller authenticate(HttpServletRequest request, String endpoint) {
        String header = request.getHeader("Authorization");
        if (header == null) {
            String cookie = cookie(request);
            if (cookie == null || cookie.isEmpty()) {
                throw ApiError.NO_CREDENTIALS.of();
            }
            return byToken(request, cookie);
        }
        if (header.isBlank()) {
            throw ApiError.NO_CREDENTIALS.of();
        }
        int space = header.indexOf(' ');
        String type = space < 0 ? header : header.substring(0, space);
        String data = space < 0 ? "" : header.substring(space + 1);
        return switch (type) {
            case "Bearer" -> byToken(request, data);
            case "Basic" -> byPassword(request, data, endpoint);
            default -> throw ApiError.BAD_AUTH_TYPE.of();
        };
    }

    private Caller byToken(HttpServletRequest request, String token) {
        Tokens.Verified verified = tokens.verify(token);
        return new Caller(verified.identity(), worker(request), RealIp.of(request), verified.session());
    }

    private Caller byPassword(HttpServletRequest request, String data, String endpoint) {
        String worker = worker(request);
        String realIp = RealIp.of(request);
        String usedFrom = worker.equals(Caller.UNKNOWN_WORKER) ? realIp : worker;
        Identity identity = basic.authenticate(data, endpoint, usedFrom);
        return new Caller(identity, worker, realIp, null);
    }

    private static String worker(HttpServletRequest request) {
        String name = first(request, "X-ClearML-Worker", "X-Trains-Worker");
        return name == null ? Caller.UNKNOWN_WORKER : name;
    }

    private static @Nullable String first(HttpServletRequest request, String name, String oldName) {
        String value = request.getHeader(name);
        return value != null ? value : request.getHeader(oldName);
    }

    private @Nullable String cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(cookieName)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    @Override
    public Caller impersonate(HttpServletRequest request, Caller caller) {
        return impersonation.apply(request, caller);
    }

    @Override
    public void refuseImpersonation(HttpServletRequest request) {
        Impersonation.refuse(request);
    }
}
