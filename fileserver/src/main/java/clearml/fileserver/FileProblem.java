package clearml.fileserver;

import org.springframework.http.HttpStatus;

/** An answer that is not 200, with a line of text. */
class FileProblem extends RuntimeException {

    /** What a path that may be a file's allows. */
    static final String ON_FILES = "OPTIONS, HEAD, GET, DELETE";

    static final String ON_ROOT = "OPTIONS, HEAD, GET, POST";

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    FileProblem(HttpStatus status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }

    static FileProblem notFound() {
        return new FileProblem(HttpStatus.NOT_FOUND, "Not found");
    }

    static final class MethodNotAllowed extends FileProblem {

        private static final long serialVersionUID = 1L;

        private final String allowed;

        MethodNotAllowed(String allowed) {
            super(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed");
            this.allowed = allowed;
        }

        String allowed() {
            return allowed;
        }
    }
}
