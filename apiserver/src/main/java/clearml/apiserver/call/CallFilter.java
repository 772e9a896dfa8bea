package clearml.apiserver.call;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.coyote.BadRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.HtmlUtils;

/**
 * What every answer has, whatever becomes of the request: common headers, CORS, the answers that need no endpoint, and a
 * measurement and a log line at the end. Nothing that is thrown gets past it without an envelope, since clients repeat
 * for ever what comes without one.
 */
final class CallFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(CallFilter.class);
    private static final int SERVER_ERROR = 500;

    private final Cors cors;
    private final String serverName;
    private final CallErrors errors;
    private final Envelope envelope;
    private final CallMetrics metrics;

    CallFilter(Cors cors, String serverName, CallErrors errors, Envelope envelope, CallMetrics metrics) {
        this.cors = cors;
        this.serverName = serverName;
        this.errors = errors;
        this.envelope = envelope;
        this.metrics = metrics;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        response.setHeader("server", serverName);
        response.setHeader("Vary", "Accept-Encoding");
        cors.apply(request, response);
        if (request.getMethod().equals("OPTIONS")) {
            ContentType.set(request, response, ContentType.HTML);
        } else if (request.getHeader("Content-Encoding") != null) {
            refuseEncoding(request, response);
        } else {
            handle(request, response, chain);
        }
    }

    private static void refuseEncoding(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
        ContentType.set(request, response, ContentType.HTML);
        String encoding = HtmlUtils.htmlEscape(request.getHeader("Content-Encoding"));
        response.getOutputStream()
                .write(("Content encoding is not supported (" + encoding + ")").getBytes(StandardCharsets.UTF_8));
    }

    private void handle(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long start = System.nanoTime();
        Call call = Call.start(request);
        try {
            chain.doFilter(request.getMethod().equals("TRACE") ? new AsPost(request) : request, response);
        } catch (Exception e) {
            fail(call, response, unwrap(e));
        } finally {
            if (!request.getRequestURI().startsWith("/actuator/")) {
                finish(call, response, System.nanoTime() - start);
            }
        }
    }

    private static Throwable unwrap(Exception e) {
        return e instanceof ServletException && e.getCause() != null ? e.getCause() : e;
    }

    private void fail(Call call, HttpServletResponse response, Throwable failure) throws IOException {
        ApiException error = errors.of(failure);
        if (error.error().code() >= SERVER_ERROR && !(failure instanceof ApiException)) {
            LOG.error("{} failed, call {}", call.endpointName(), call.id(), failure);
        }
        if (response.isCommitted()) {
            // Too late for an envelope: a cut connection tells the client that the body is not whole.
            call.failedWith(error);
            if (failure instanceof BadRequestException refused) {
                throw refused;
            }
            throw new IOException("Answer failed after it had begun: " + error.getMessage(), failure);
        }
        response.resetBuffer();
        envelope.writeError(call, response, error, failure);
    }

    private void finish(Call call, HttpServletResponse response, long nanos) {
        ApiException failure = call.failure();
        int code = failure == null ? response.getStatus() : failure.error().code();
        int subcode = failure == null ? 0 : failure.error().subcode();
        metrics.record(call, code, subcode, nanos);
        CallLog.write(call, code, subcode, nanos);
    }

    /** The servlet would answer TRACE itself, whatever handles it. */
    private static final class AsPost extends HttpServletRequestWrapper {

        AsPost(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "POST";
        }
    }
}
