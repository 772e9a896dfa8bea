package clearml.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Answers requests that Tomcat refuses with 400 before any filter sees them, such as those with control characters in
 * their path. Clients do not understand Tomcat's own page.
 */
public final class RefusedRequests extends ValveBase {

    /** Answers such a request; what could not be read of it is a POST to an empty path. */
    @FunctionalInterface
    public interface Handler {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private final Handler handler;

    public RefusedRequests(Handler handler) {
        super(true);
        this.handler = handler;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!response.isError() || response.getStatus() != HttpServletResponse.SC_BAD_REQUEST) {
            getNext().invoke(request, response);
            return;
        }
        if (request.getMethod() == null) {
            request.getCoyoteRequest().setMethod("POST");
        }
        if (request.getRequestURI() == null) {
            request.getCoyoteRequest().requestURI().setString("");
        }
        response.setErrorReported();
        response.setSuspended(false);
        response.setStatus(HttpServletResponse.SC_OK);
        handler.answer(request, response);
    }
}
