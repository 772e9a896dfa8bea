package clearml.webui;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which headers go through a proxy: all but those that are about one connection. */
final class Headers {

    private static final Set<String> ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "http2-settings",
            "content-length");

    private Headers() {}

    static void copy(HttpServletRequest from, HttpRequest.Builder to) {
        Set<String> left = new TreeSet<>(ONE_CONNECTION);
        left.addAll(Set.of("x-forwarded-for", "x-real-ip"));
        Collections.list(from.getHeaders("Connection")).forEach(value -> left.addAll(names(value)));
        for (String name : Collections.list(from.getHeaderNames())) {
            if (!left.contains(name.toLowerCase(Locale.ROOT))) {
                Collections.list(from.getHeaders(name)).forEach(value -> to.header(name, value));
            }
        }
        to.setHeader("X-Real-IP", from.getRemoteAddr());
        to.setHeader("X-Forwarded-For", forwardedFor(from));
        if (from.getHeader("X-Forwarded-Proto") == null) {
            to.setHeader("X-Forwarded-Proto", from.getScheme());
        }
    }

    private static String forwardedFor(HttpServletRequest request) {
        Set<String> former = new LinkedHashSet<>(Collections.list(request.getHeaders("X-Forwarded-For")));
        former.add(request.getRemoteAddr());
        return String.join(", ", former);
    }

    static void copy(HttpResponse<?> from, HttpServletResponse to) {
        to.setStatus(from.statusCode());
        Set<String> left = new TreeSet<>(ONE_CONNECTION);
        from.headers().allValues("Connection").forEach(value -> left.addAll(names(value)));
        from.headers().map().forEach((name, values) -> {
            if (!left.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> to.addHeader(name, value));
            }
        });
        from.headers().firstValueAsLong("Content-Length").ifPresent(to::setContentLengthLong);
    }

    private static Set<String> names(String value) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(value.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .forEach(names::add);
        return names;
    }
}
