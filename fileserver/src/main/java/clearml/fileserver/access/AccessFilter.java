package clearml.fileserver.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets a request pass that shows a valid token, in its header or in a cookie. */
final class AccessFilter extends OncePerRequestFilter {

    private final List<String> cookieNames;
    private final TokenVerifier tokens;
    private final Optional<ApiDecisions> passwords;

    AccessFilter(List<String> cookieNames, TokenVerifier tokens, Optional<ApiDecisions> passwords) {
        this.cookieNames = cookieNames;
        this.tokens = tokens;
        this.passwords = passwords;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return request.getMethod().equals("OPTIONS")
                || path.equals("/actuator/prometheus")
                || path.equals("/actuator/health")
                || path.startsWith("/actuator/health/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            check(request);
        } catch (Denied e) {
            response.setHeader("WWW-Authenticate", "Bearer");
            answer(response, HttpServletResponse.SC_UNAUTHORIZED, String.valueOf(e.getMessage()));
            return;
        } catch (Undecided e) {
            response.setHeader("Retry-After", "5");
            answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
            return;
        }
        chain.doFilter(request, response);
    }

    private void check(HttpServletRequest request) throws Denied, Undecided {
        String header = request.getHeader("Authorization");
        if (header != null && !header.isEmpty()) {
            checkHeader(header);
            return;
        }
        Optional<String> token = cookie(request);
        if (token.isPresent()) {
            tokens.verify(token.get());
        } else if (!isPing(request)) {
            throw new Denied("No token");
        }
    }

    private void checkHeader(String header) throws Denied, Undecided {
        if (header.startsWith("Bearer ")) {
            tokens.verify(header.substring("Bearer ".length()).trim());
        } else if (header.startsWith("Basic ") && passwords.isPresent()) {
            passwords.get().verifyBasic(header);
        } else {
            throw new Denied("Only bearer token authorization is supported");
        }
    }

    private static boolean isPing(HttpServletRequest request) {
        return request.getRequestURI().equals("/")
                && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
    }

    private Optional<String> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (String name : cookieNames) {
                for (Cookie cookie : cookies) {
                    if (cookie.getName().equals(name) && !cookie.getValue().isEmpty()) {
                        return Optional.of(cookie.getValue());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static void answer(HttpServletResponse response, int status, String message) throws IOException {
        byte[] body = message.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
