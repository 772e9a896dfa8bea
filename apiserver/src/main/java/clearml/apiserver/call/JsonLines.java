package clearml.apiserver.call;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a JSON lines body that is too large to hold them all: a line is read again each time it is asked for. To
 * be gone through in parts.
 */
public final class JsonLines extends AbstractList<Map<String, @Nullable Object>> {

    /** Bodies up to this size are read once, as a whole: the objects of a line take about ten times its bytes. */
    static final int LARGE = 16 * 1024 * 1024;

    private static final int PART = 4 * 1024 * 1024;

    private final byte[] bytes;
    private final int[] starts;

    /** Where each line starts, and where the one after the last would. */
    private JsonLines(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /** 400/0 when one of the lines is not an object. */
    static List<Map<String, @Nullable Object>> of(byte[] bytes) {
        JsonLines lines = new JsonLines(bytes, starts(bytes));
        if (bytes.length <= LARGE) {
            return new ArrayList<>(lines);
        }
        lines.forEach(line -> {});
        return lines;
    }

    private static int[] starts(byte[] bytes) {
        int[] starts = new int[64];
        int count = 0;
        int next = 0;
        while (next < bytes.length) {
            starts = count + 1 < starts.length ? starts : Arrays.copyOf(starts, starts.length * 2);
            starts[count++] = next;
            next = afterLine(bytes, next);
        }
        starts[count] = next;
        return Arrays.copyOf(starts, count + 1);
    }

    private static int afterLine(byte[] bytes, int start) {
        int end = start;
        while (end < bytes.length && !isEnd(bytes[end])) {
            end++;
        }
        boolean pair = end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n';
        return end + (pair ? 2 : 1);
    }

    private static boolean isEnd(byte character) {
        return character == '\n' || character == '\r';
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, @Nullable Object> get(int index) {
        int start = starts[index];
        int end = Math.min(starts[index + 1], bytes.length);
        while (end > start && isEnd(bytes[end - 1])) {
            end--;
        }
        Object value = BodyReader.read(bytes, start, end - start);
        if (value instanceof Map) {
            return (Map<String, @Nullable Object>) value;
        }
        throw ApiException.message(
                ApiError.BAD_REQUEST, "json lines must contain objects, found: " + PythonText.typeName(value));
    }

    @Override
    public int size() {
        return starts.length - 1;
    }

    /** All lines in order, as many together as can be held. */
    public List<List<Map<String, @Nullable Object>>> parts() {
        List<List<Map<String, @Nullable Object>>> parts = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= size(); to++) {
            if (to == size() || starts[to + 1] - starts[from] > PART) {
                parts.add(subList(from, to));
                from = to;
            }
        }
        return parts;
    }
}
