package clearml.fileserver.upload;

import java.io.IOException;

/** A multipart body that breaks its own rules, or ends too early. */
public final class MalformedUpload extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedUpload(String message) {
        super(message);
    }
}
