package clearml.apiserver.call;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cross-origin headers: the browser's origin is echoed, with credentials.
 *
 * @param origins exact origins, {@code *}, or regular expressions; {@code apiserver.cors.origins}
 */
record Cors(List<String> origins, boolean credentials) {

    private static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

    void apply(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (origin == null || origins.stream().noneMatch(allowed -> matches(allowed, origin))) {
            return;
        }
        response.setHeader("Access-Control-Allow-Origin", origin);
        if (credentials) {
            response.setHeader("Access-Control-Allow-Credentials", "true");
        }
        String preflight = request.getHeader("Access-Control-Request-Method");
        if (request.getMethod().equals("OPTIONS") && preflight != null) {
            response.setHeader("Access-Control-Allow-Methods", METHODS);
            String headers = request.getHeader("Access-Control-Request-Headers");
            if (headers != null) {
                response.setHeader("Access-Control-Allow-Headers", String.join(", ", headers.split("\\s*,\\s*")));
            }
        }
    }

    private static boolean matches(String allowed, String origin) {
        return allowed.equals("*")
                || allowed.equals(origin)
                || Pattern.compile(allowed).matcher(origin).matches();
    }
}
