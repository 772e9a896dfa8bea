package clearml.fileserver;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpRange;

/**
 * The bytes of a file that are asked for.
 *
 * @param from first byte, -1 when the range is no range of the file
 * @param length bytes
 * @param isPart whether it was asked for as a range
 */
record FileRange(long from, long length, boolean isPart) {

    private static final FileRange NONE = new FileRange(-1, 0, true);

    static FileRange requested(HttpServletRequest request, OpenFile file) {
        String header = request.getHeader("Range");
        boolean asked = header != null
                && request.getMethod().equals("GET")
                && header.toLowerCase(Locale.ROOT).startsWith("bytes=");
        if (!asked || !isStill(request, file)) {
            return new FileRange(0, file.size(), false);
        }
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(header);
            return ranges.size() == 1 ? of(ranges.get(0), file.size()) : NONE;
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }

    private static FileRange of(HttpRange range, long size) {
        if (size == 0) {
            return NONE;
        }
        long from = range.getRangeStart(size);
        long to = range.getRangeEnd(size);
        return from >= size || to < from ? NONE : new FileRange(from, to - from + 1, true);
    }

    /** {@code If-Range}: a part is only of use when the rest, which the client has, is of the same file. */
    private static boolean isStill(HttpServletRequest request, OpenFile file) {
        Optional<String> validator = Conditions.header(request, "If-Range");
        Optional<Instant> date = Conditions.date(request, "If-Range");
        return validator.isEmpty()
                || validator.get().equals(file.etag())
                || date.filter(since -> !file.isModifiedAfter(since)).isPresent();
    }

    boolean isSatisfiable() {
        return from >= 0;
    }

    String contentRange(long size) {
        return "bytes " + from + "-" + (from + length - 1) + "/" + size;
    }
}
