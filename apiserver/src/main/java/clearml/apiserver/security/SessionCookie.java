package clearml.apiserver.security;

import clearml.config.AuthSettings;
import clearml.config.CookieSettings;
import clearml.config.ServerConfig;
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

    /** The header's value that logs in. */
    String carrying(String token, String host, String company) {
        CookieSettings cookie = settings.cookies().forCompany(company);
        Instant end = Instant.now().plusSeconds(cookie.maxAge());
        return text(cookie, host, token, end, cookie.maxAge());
    }

    /** The header's value that makes the browser forget. */
    String cleared(String host, String company) {
        return text(settings.cookies().forCompany(company), host, "", Instant.EPOCH, 0);
    }

    private String text(CookieSettings cookie, String host, String value, Instant expires, long maxAge) {
        StringBuilder text =
                new StringBuilder(settings.cookieName()).append('=').append(value);
        cookie.domain(host).ifPresent(domain -> text.append("; Domain=").append(domain));
        text.append("; Expires=").append(HTTP_DATE.format(expires));
        text.append("; Max-Age=").append(maxAge);
        text.append(cookie.secure() ? "; Secure" : "").append(cookie.httpOnly() ? "; HttpOnly" : "");
        text.append("; Path=/");
        cookie.sameSite().ifPresent(rule -> text.append("; SameSite=").append(rule));
        return text.toString();
    }
}
