package clearml.fileserver;

import clearml.config.ServerConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which pages of other origins a browser lets read our answers: {@code fileserver.cors}. */
final class CrossOrigin {

    private static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

    private final List<String> origins;
    private final boolean credentials;
    private final Optional<String> allowedHeaders;
    private final Optional<String> exposedHeaders;
    private final Optional<String> maxAge;

    CrossOrigin(ServerConfig config) {
        this.origins = config.strings("fileserver.cors.origins");
        this.credentials =
                config.optBool("fileserver.cors.supports_credentials").orElse(false);
        this.allowedHeaders = joined(config, "fileserver.cors.allow_headers");
        this.exposedHeaders = joined(config, "fileserver.cors.expose_headers");
        this.maxAge = config.nonEmpty("fileserver.cors.max_age");
    }

    void write(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            if (origins.contains("*")) {
                response.setHeader("Access-Control-Allow-Origin", "*");
            }
            return;
        }
        response.addHeader("Vary", "Origin");
        if (!allows(origin)) {
            return;
        }
        response.setHeader("Access-Control-Allow-Origin", origin);
        if (credentials) {
            response.setHeader("Access-Control-Allow-Credentials", "true");
        }
        exposedHeaders.ifPresent(names -> response.setHeader("Access-Control-Expose-Headers", names));
        if (request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null) {
            preflight(request, response);
        }
    }

    private void preflight(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", METHODS);
        allowedHeaders
                .or(() -> Optional.ofNullable(request.getHeader("Access-Control-Request-Headers")))
                .ifPresent(names -> response.setHeader("Access-Control-Allow-Headers", names));
        maxAge.ifPresent(seconds -> response.setHeader("Access-Control-Max-Age", seconds));
    }

    private boolean allows(String origin) {
        return origins.stream()
                .anyMatch(allowed -> allowed.equals("*") || allowed.equals(origin) || matches(allowed, origin));
    }

    /** Entries may be regular expressions, as those of the reference. */
    private static boolean matches(String pattern, String origin) {
        try {
            return Pattern.matches(pattern, origin);
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static Optional<String> joined(ServerConfig config, String path) {
        List<String> names = config.strings(path);
        return names.isEmpty() || names.contains("*") ? Optional.empty() : Optional.of(String.join(", ", names));
    }
}
