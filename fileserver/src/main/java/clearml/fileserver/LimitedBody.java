package clearml.fileserver;

import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;

/** A request's body that ends the request when it is longer than allowed. */
final class LimitedBody extends FilterInputStream {

    private long left;

    private LimitedBody(InputStream in, long limit) {
        super(in);
        this.left = limit;
    }

    /** @param limit bytes, 0: any */
    static InputStream of(HttpServletRequest request, long limit) throws IOException {
        if (limit == 0) {
            return request.getInputStream();
        }
        if (request.getContentLengthLong() > limit) {
            throw tooLarge();
        }
        return new LimitedBody(request.getInputStream(), limit);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        left -= Math.max(read, 0);
        if (left < 0) {
            throw tooLarge();
        }
        return read;
    }

    private static FileProblem tooLarge() {
        return new FileProblem(HttpStatus.CONTENT_TOO_LARGE, "The request is larger than this server accepts");
    }
}
