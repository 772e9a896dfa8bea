package clearml.apiserver.security;

import clearml.config.AuthSettings;
import clearml.config.CookieSettings;
import clearml.config.ServerConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * The cookie that keeps a browser logged in. Written as text: a maximum age of thousands of years does not fit the
 * servlet's own cookie.
 */
@Component
final class SessionCookie {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final AuthSettings settings;

    SessionCookie(ServerConfig config) {
        this.settings = config.auth();
    }

    void set(HttpServletRequest request, HttpServletResponse response, String company, String token) {
        CookieSettings cookie = settings.cookies().forCompany(company);
        add(request, response, cookie, token, Instant.now().plus(life(cookie)), cookie.maxAge());
    }

    void clear(HttpServletRequest request, HttpServletResponse response, String company) {
        add(request, response, settings.cookies().forCompany(company), "", Instant.EPOCH, 0);
    }

    private static Duration life(CookieSettings cookie) {
        return Duration.ofSeconds(cookie.maxAge());
    }

    private void add(
            HttpServletRequest request,
            HttpServletResponse response,
            CookieSettings cookie,
            String value,
            Instant expires,
            long maxAge) {
        StringBuilder text =
                new StringBuilder(settings.cookieName()).append('=').append(value);
        cookie.domain(request.getServerName())
                .ifPresent(domain -> text.append("; Domain=").append(domain));
        text.append("; Expires=").append(HTTP_DATE.format(expires));
        text.append("; Max-Age=").append(maxAge);
        text.append(cookie.secure() ? "; Secure" : "").append(cookie.httpOnly() ? "; HttpOnly" : "");
        text.append("; Path=/");
        cookie.sameSite().ifPresent(rule -> text.append("; SameSite=").append(rule));
        response.addHeader("Set-Cookie", text.toString());
    }
}
