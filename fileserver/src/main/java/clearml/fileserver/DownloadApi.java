package clearml.fileserver;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Downloads, whole or in part. */
@RestController
class DownloadApi {

    private final FileStore store;
    private final DownloadHeaders headers;
    private final FileSender sender;

    DownloadApi(FileStore store, DownloadHeaders headers, FileSender sender) {
        this.store = store;
        this.headers = headers;
        this.sender = sender;
    }

    /** Answers that the server is there. */
    @GetMapping(path = "/", produces = "text/html; charset=utf-8")
    ResponseEntity<byte[]> root() {
        return ResponseEntity.ok("OK".getBytes(StandardCharsets.UTF_8));
    }

    /**
     * One file. The query parameter {@code download} asks the browser to save it. Conditional requests and one range
     * are answered as RFC 9110 has it; several ranges are 416.
     */
    @GetMapping("/**")
    void download(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Path path =
                StoredName.plain(RequestPath.name(request)).flatMap(store::find).orElseThrow(FileProblem::notFound);
        try (OpenFile file = OpenFile.open(path)) {
            headers.write(file, request, response);
            Conditions conditions = Conditions.of(request, file);
            if (conditions != Conditions.SEND) {
                response.setStatus(
                        conditions == Conditions.FAILED
                                ? HttpServletResponse.SC_PRECONDITION_FAILED
                                : HttpServletResponse.SC_NOT_MODIFIED);
                return;
            }
            FileRange range = FileRange.requested(request, file);
            if (!range.isSatisfiable()) {
                refuse(response, file.size());
                return;
            }
            if (range.isPart()) {
                response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
                response.setHeader("Content-Range", range.contentRange(file.size()));
            }
            response.setContentLengthLong(range.length());
            if (!request.getMethod().equals("HEAD")) {
                sender.send(file, range, response.getOutputStream());
            }
        }
    }

    private static void refuse(HttpServletResponse response, long size) {
        response.setStatus(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.value());
        response.setHeader("Content-Range", "bytes */" + size);
        response.setContentLengthLong(0);
    }
}
