package clearml.fileserver;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.filter.OncePerRequestFilter;

/** What comes before the question who is asking: other origins, {@code OPTIONS}, encoded bodies. */
final class EntryFilter extends OncePerRequestFilter {

    private final CrossOrigin crossOrigin;

    EntryFilter(CrossOrigin crossOrigin) {
        this.crossOrigin = crossOrigin;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        crossOrigin.write(request, response);
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null) {
            byte[] body = ("Content encoding is not supported (" + encoding + ")").getBytes(StandardCharsets.UTF_8);
            response.setStatus(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            response.setContentType("text/plain; charset=utf-8");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } else if (request.getMethod().equals("OPTIONS")) {
            boolean root = request.getRequestURI().equals("/");
            response.setHeader("Allow", root ? FileProblem.ON_ROOT : FileProblem.ON_FILES);
            response.setContentLength(0);
        } else {
            chain.doFilter(request, response);
        }
    }
}
