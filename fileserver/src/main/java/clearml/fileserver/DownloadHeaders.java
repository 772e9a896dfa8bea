package clearml.fileserver;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.http.ContentDisposition;
import org.springframework.stereotype.Component;

/** What a browser is told about a file. */
@Component
class DownloadHeaders {

    private final FileServerSettings settings;
    private final Clock clock = Clock.systemUTC();

    DownloadHeaders(FileServerSettings settings) {
        this.settings = settings;
    }

    void write(OpenFile file, HttpServletRequest request, HttpServletResponse response) {
        ContentType type = ContentType.of(file.name());
        response.setContentType(type.value());
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("ETag", file.etag());
        response.setDateHeader("Last-Modified", file.modified().toMillis());
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (type.isActive()) {
            // Uploaded by anybody, shown on a domain that the browser has a session with.
            response.setHeader("Content-Security-Policy", "sandbox");
        }
        boolean save = wantsDownload(request) || (type.isActive() && !settings.inlineActiveContent());
        response.setHeader("Content-Disposition", disposition(save ? "attachment" : "inline", file.name()));
        cache(response);
    }

    private void cache(HttpServletResponse response) {
        if (settings.disableBrowserCaching()) {
            for (String name : new String[] {"Pragma-directive", "Cache-directive", "Cache-Control", "Pragma"}) {
                response.setHeader(name, "no-cache");
            }
            response.setHeader("Expires", "0");
            return;
        }
        String caches = settings.sharedCaches() ? "public" : "private";
        response.setHeader(
                "Cache-Control", caches + ", max-age=" + settings.cacheTimeout().toSeconds());
        response.setDateHeader(
                "Expires", clock.millis() + settings.cacheTimeout().toMillis());
    }

    private static String disposition(String type, String name) {
        boolean ascii = name.chars().allMatch(c -> c >= ' ' && c < 127);
        ContentDisposition.Builder disposition = ContentDisposition.builder(type);
        return (ascii ? disposition.filename(name) : disposition.filename(name, StandardCharsets.UTF_8))
                .build()
                .toString();
    }

    private static boolean wantsDownload(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null) {
            for (String parameter : query.split("&")) {
                if (parameter.equals("download") || parameter.startsWith("download=")) {
                    return true;
                }
            }
        }
        return false;
    }
}
