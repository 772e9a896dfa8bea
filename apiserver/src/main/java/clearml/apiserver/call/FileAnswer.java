package clearml.apiserver.call;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An answer that is a file instead of an envelope.
 *
 * @param contentType as sent, with charset
 * @param fileName the name offered to the browser
 * @param body writes the content; called once, after the headers
 */
public record FileAnswer(String contentType, String fileName, Body body) {

    /** Writes the content of a file answer. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }
}
