package clearml.webui;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The request that a proxy sends for the one it got: the same method, path, query, headers and body at another server,
 * without the path's prefix.
 *
 * @param target base URL of the other server, without a slash at its end
 * @param prefix of the path, such as {@code /api}
 * @param timeout until the answer begins
 */
record ForwardedRequest(URI target, String prefix, Duration timeout) {

    private static final String AS_IT_IS = "!$&'()*+,-./:;=@_~%?";

    HttpRequest of(HttpServletRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(url(request)).timeout(timeout);
        Headers.copy(request, builder);
        return builder.method(request.getMethod(), body(request)).build();
    }

    /** The path as the client wrote it, neither decoded nor normalised: names of files may have anything in them. */
    private URI url(HttpServletRequest request) {
        String path = request.getRequestURI().substring(prefix.length());
        String query = request.getQueryString();
        return URI.create(
                target + (path.startsWith("/") ? "" : "/") + legal(path) + (query == null ? "" : "?" + legal(query)));
    }

    /** Encodes what clients send although a URI must not have it. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        // Tomcat hands the bytes of the path over as ISO 8859-1.
        for (byte each : text.getBytes(StandardCharsets.ISO_8859_1)) {
            char c = (char) (each & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || AS_IT_IS.indexOf(c) >= 0)) {
                legal.append(c);
            } else {
                legal.append('%').append(String.format("%02X", each));
            }
        }
        return legal.toString();
    }

    private static BodyPublisher body(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        if (length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null)) {
            return BodyPublishers.noBody();
        }
        BodyPublisher stream = BodyPublishers.ofInputStream(() -> open(request));
        return length < 0 ? stream : BodyPublishers.fromPublisher(stream, length);
    }

    private static @Nullable InputStream open(HttpServletRequest request) {
        try {
            return request.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
