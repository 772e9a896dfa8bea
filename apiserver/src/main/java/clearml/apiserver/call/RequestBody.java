package clearml.apiserver.call;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request: the bytes up to the limit, as JSON, JSON lines or form, and the query arguments over it.
 *
 * @param limit bytes of an ordinary request
 * @param batchLimit bytes of a request to a batch endpoint
 */
record RequestBody(long limit, long batchLimit) {

    private static final String JSON_LINES = "application/json-lines";
    private static final int FIRST_BUFFER = 8 * 1024;

    /** Throws 413 above the limit, 400/0 for what cannot be parsed. */
    CallBody read(HttpServletRequest request, ApiCall declaration, BodyRoom.Place room) throws IOException {
        byte[] bytes = bytes(request, declaration.batch() ? batchLimit : limit, room);
        String type = request.getContentType();
        if (isJsonLines(type, declaration)) {
            return new CallBody(new LinkedHashMap<>(), JsonLines.of(bytes));
        }
        boolean form = FormFields.isForm(type);
        Map<String, @Nullable Object> fields = form ? new LinkedHashMap<>() : object(bytes);
        QueryArguments.parse(request.getQueryString()).applyTo(fields);
        if (form) {
            FormFields.parse(type, bytes).applyTo(fields);
        }
        return new CallBody(fields, null);
    }

    /** With parameters, such as a charset, only where a batch is expected: elsewhere clients mean a JSON body then. */
    private static boolean isJsonLines(@Nullable String type, ApiCall declaration) {
        return type != null && (type.equals(JSON_LINES) || declaration.batch() && type.startsWith(JSON_LINES + ";"));
    }

    private static byte[] bytes(HttpServletRequest request, long limit, BodyRoom.Place room) throws IOException {
        long length = request.getContentLengthLong();
        if (length == 0) {
            return new byte[0];
        }
        if (length > limit) {
            throw tooLarge(limit);
        }
        room.need(length);
        InputStream in = request.getInputStream();
        return length > 0 ? exactly(in, (int) length) : untilEnd(in, limit, room);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        if (length <= BodyRoom.SMALL) {
            return in.readNBytes(length);
        }
        // Not readNBytes(length), which holds everything twice in the end.
        byte[] bytes = new byte[length];
        int read = in.readNBytes(bytes, 0, length);
        return read == length ? bytes : Arrays.copyOf(bytes, read);
    }

    private static byte[] untilEnd(InputStream in, long limit, BodyRoom.Place room) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(FIRST_BUFFER);
        byte[] buffer = new byte[FIRST_BUFFER];
        int read;
        while ((read = in.read(buffer)) >= 0) {
            if (out.size() + (long) read > limit) {
                throw tooLarge(limit);
            }
            room.need((long) out.size() + read);
            out.write(buffer, 0, read);
        }
        return out.toByteArray();
    }

    private static ApiException tooLarge(long limit) {
        return ApiError.REQUEST_TOO_LARGE.with("limit_bytes", limit);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(byte[] bytes) {
        if (bytes.length == 0) {
            return new LinkedHashMap<>();
        }
        Object value = BodyReader.read(bytes, 0, bytes.length);
        if (value instanceof Map) {
            return (Map<String, @Nullable Object>) value;
        }
        if (isEmpty(value)) {
            return new LinkedHashMap<>();
        }
        throw ApiException.message(ApiError.BAD_REQUEST, "Data should be a dict");
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || value.equals("")
                || value.equals(Boolean.FALSE)
                || (value instanceof Number number && number.doubleValue() == 0)
                || (value instanceof List<?> list && list.isEmpty());
    }
}
