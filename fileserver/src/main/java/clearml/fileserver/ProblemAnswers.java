package clearml.fileserver;

import clearml.fileserver.upload.MalformedUpload;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Every error as a status and a line of plain text, which clients show to their users. */
@RestControllerAdvice
class ProblemAnswers {

    private static final Logger log = LoggerFactory.getLogger(ProblemAnswers.class);
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    @ExceptionHandler
    ResponseEntity<byte[]> problem(FileProblem problem) {
        HttpHeaders headers = new HttpHeaders();
        if (problem instanceof FileProblem.MethodNotAllowed method) {
            headers.set(HttpHeaders.ALLOW, method.allowed());
        }
        return answer(problem.status(), String.valueOf(problem.getMessage()), headers);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unstorable(StoredName.UnstorableName problem, HttpServletRequest request) {
        return request.getMethod().equals("POST") || request.getMethod().equals("PUT")
                ? answer(HttpStatus.BAD_REQUEST, "No file can have this name", new HttpHeaders())
                : problem(FileProblem.notFound());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> method(HttpRequestMethodNotSupportedException problem, HttpServletRequest request) {
        boolean root = request.getRequestURI().equals("/");
        return problem(new FileProblem.MethodNotAllowed(root ? FileProblem.ON_ROOT : FileProblem.ON_FILES));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> malformed(MalformedUpload problem) {
        return answer(HttpStatus.BAD_REQUEST, "Malformed upload: " + problem.getMessage(), new HttpHeaders());
    }

    /** The client went away: nothing to answer, and nothing wrong here. */
    @ExceptionHandler({ClientAbortException.class, AsyncRequestNotUsableException.class})
    void aborted(HttpServletRequest request) {
        log.debug("{} {} was aborted by the client", request.getMethod(), request.getRequestURI());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> failed(IOException problem, HttpServletRequest request) {
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), problem);
        return isFull(problem)
                ? answer(HttpStatus.INSUFFICIENT_STORAGE, "No space left", new HttpHeaders())
                : answer(HttpStatus.INTERNAL_SERVER_ERROR, "The file system refused", new HttpHeaders());
    }

    private static boolean isFull(IOException problem) {
        String message = String.valueOf(problem.getMessage());
        return message.contains("No space left") || message.contains("quota exceeded");
    }

    private static ResponseEntity<byte[]> answer(HttpStatus status, String message, HttpHeaders headers) {
        headers.setContentType(TEXT);
        return new ResponseEntity<>(message.getBytes(StandardCharsets.UTF_8), headers, status);
    }
}
