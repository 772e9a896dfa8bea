package clearml.webui;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.coyote.CloseNowException;

/**
 * Forwards every call to another server and streams both bodies: no more than a buffer of either is in memory, however
 * large they are. An unreachable server is a 502, a silent one a 504.
 */
final class ProxyServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int BUFFER = 64 * 1024;

    private final transient HttpClient http;
    private final transient ForwardedRequest forwarded;

    ProxyServlet(HttpClient http, ForwardedRequest forwarded) {
        this.http = http;
        this.forwarded = forwarded;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpRequest onward;
        try {
            onward = forwarded.of(request);
        } catch (IllegalArgumentException e) {
            fail(response, 400, "This address or a header cannot be forwarded: " + e.getMessage());
            return;
        }
        try {
            HttpResponse<InputStream> answer = http.send(onward, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                Headers.copy(answer, response);
                stream(body, response.getOutputStream());
            }
        } catch (java.net.http.HttpConnectTimeoutException | java.net.ConnectException e) {
            fail(response, 502, "The server behind this address cannot be reached");
        } catch (java.net.http.HttpTimeoutException e) {
            fail(response, 504, "The server behind this address takes too long");
        } catch (IOException e) {
            fail(response, 502, "The server behind this address broke off");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(response, 503, "Shutting down");
        }
    }

    /** Passes on what is there without waiting for a full buffer. */
    private static void stream(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read = from.read(buffer);
        while (read >= 0) {
            to.write(buffer, 0, read);
            if (from.available() == 0) {
                to.flush();
            }
            read = from.read(buffer);
        }
    }

    /** When the answer has begun there is nothing to be done but to break off, which a client that is there notices. */
    private static void fail(HttpServletResponse response, int status, String message) throws IOException {
        if (response.isCommitted()) {
            throw new CloseNowException(message);
        }
        response.reset();
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().println(message);
    }
}
