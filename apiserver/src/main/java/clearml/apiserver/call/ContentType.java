package clearml.apiserver.call;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Sets a content type to the letter: Tomcat writes {@code text/html;charset=utf-8}, the API has a space after the
 * semicolon. Bytes must be written after that, not characters, since a writer brings its own charset.
 */
final class ContentType {

    static final String HTML = "text/html; charset=utf-8";

    private static final String ATTRIBUTE = ContentType.class.getName();

    private ContentType() {}

    static void set(HttpServletRequest request, HttpServletResponse response, String type) {
        if (request.getAttribute(ATTRIBUTE) instanceof org.apache.coyote.Response exact) {
            exact.setContentTypeNoCharset(type);
        } else {
            response.setContentType(type);
        }
    }

    /** Puts Tomcat's own response where {@link #set} finds it. */
    static final class Access extends ValveBase {

        Access() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            request.setAttribute(ATTRIBUTE, response.getCoyoteResponse());
            getNext().invoke(request, response);
        }
    }
}
