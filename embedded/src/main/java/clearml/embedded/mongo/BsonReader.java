package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads stored documents. The common types are read here, as this is what scans spend their time on. */
final class BsonReader {

    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Content content;
    private final byte[] bytes;
    private int at;

    BsonReader(Content content) {
        this.content = content;
        this.bytes = content.head();
    }

    /** A value of the given type that begins at a place. */
    static @Nullable Object value(byte[] bytes, byte type, int at) {
        BsonReader reader = new BsonReader(new Content(bytes));
        reader.at = at;
        return reader.value(type);
    }

    Document document() {
        at += 4;
        Document document = new Document();
        for (byte type = bytes[at++]; type != 0; type = bytes[at++]) {
            String name = name();
            document.put(name, value(type));
        }
        return document;
    }

    /** Only the named fields of the document itself. */
    Document fields(FieldNames wanted) {
        at += 4;
        Document document = new Document();
        int missing = wanted.size();
        for (byte type = bytes[at++]; type != 0 && missing > 0; type = bytes[at++]) {
            int start = at;
            at = endOfName(bytes, at);
            int found = wanted.indexOf(bytes, start, at - 1);
            if (found >= 0) {
                document.put(wanted.name(found), value(type));
                missing--;
            } else {
                at = endOfValue(bytes, type, at);
            }
        }
        return document;
    }

    /**
     * The values of the named fields of the document itself: {@code MISSING} for those that are not there, and
     * {@link KeptFields#ELSEWHERE} for what is longer than {@code longest} bytes or could be changed.
     */
    @Nullable
    Object[] values(FieldNames wanted, int longest) {
        at += 4;
        @Nullable Object[] values = new Object[wanted.size()];
        Arrays.fill(values, Values.MISSING);
        int missing = values.length;
        for (byte type = bytes[at++]; type != 0 && missing > 0; type = bytes[at++]) {
            int start = at;
            at = endOfName(bytes, at);
            int found = wanted.indexOf(bytes, start, at - 1);
            int next = endOfValue(bytes, type, at);
            if (found >= 0) {
                values[found] = next - at > longest ? KeptFields.ELSEWHERE : constant(type);
                missing--;
            }
            at = next;
        }
        return values;
    }

    private @Nullable Object constant(byte type) {
        return switch (type) {
            case 0x01, 0x02, 0x07, 0x08, 0x09, 0x0A, 0x10, 0x12 -> value(type);
            case 0x04 -> {
                List<@Nullable Object> array = array();
                yield array.stream().allMatch(String.class::isInstance)
                        ? Collections.unmodifiableList(array)
                        : KeptFields.ELSEWHERE;
            }
            default -> KeptFields.ELSEWHERE;
        };
    }

    private List<@Nullable Object> array() {
        at += 4;
        List<@Nullable Object> array = new ArrayList<>();
        for (byte type = bytes[at++]; type != 0; type = bytes[at++]) {
            at = endOfName(bytes, at);
            array.add(value(type));
        }
        return array;
    }

    /** Where a field with one of the names begins in the document that begins at a place; -1 when it is not there. */
    static int find(byte[] bytes, int document, FieldNames wanted) {
        int field = document + Integer.BYTES;
        while (bytes[field] != 0) {
            int value = endOfName(bytes, field + 1);
            if (wanted.indexOf(bytes, field + 1, value - 1) >= 0) {
                return field;
            }
            field = endOfValue(bytes, bytes[field], value);
        }
        return -1;
    }

    /** Where the value of a field begins, whose name begins at {@code at}. */
    static int endOfName(byte[] bytes, int at) {
        int end = at;
        while (bytes[end] != 0) {
            end++;
        }
        return end + 1;
    }

    private String name() {
        int start = at;
        at = endOfName(bytes, at);
        return new String(bytes, start, at - 1 - start, StandardCharsets.UTF_8);
    }

    private int int32() {
        int value = (int) INT.get(bytes, at);
        at += 4;
        return value;
    }

    private long int64() {
        long value = (long) LONG.get(bytes, at);
        at += 8;
        return value;
    }

    private String string() {
        int length = int32();
        String value = new String(bytes, at, length - 1, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    private @Nullable Object value(byte type) {
        return switch (type) {
            case 0x01 -> Double.longBitsToDouble(int64());
            case 0x02 -> string();
            case 0x03 -> document();
            case 0x04 -> array();
            case 0x08 -> bytes[at++] != 0;
            case 0x09 -> Instant.ofEpochMilli(int64());
            case 0x06, 0x0A -> null;
            case 0x10 -> int32();
            case 0x12 -> int64();
            case Content.BESIDE -> beside();
            default -> rare(type);
        };
    }

    private ChunkedArray beside() {
        ChunkedArray array = content.array(at);
        at += Integer.BYTES;
        return array;
    }

    private Object rare(byte type) {
        ByteBuf rest = Unpooled.wrappedBuffer(bytes, at, bytes.length - at);
        Object value = BsonDecoder.decodeValue(type, rest);
        at += rest.readerIndex();
        return value;
    }

    /** Where the field behind a value begins, which begins at {@code at}. */
    static int endOfValue(byte[] bytes, byte type, int at) {
        return switch (type) {
            case 0x01, 0x09, 0x11, 0x12 -> at + 8;
            case 0x02, 0x0D, 0x0E -> at + 4 + (int) INT.get(bytes, at);
            case 0x03, 0x04, 0x0F -> at + (int) INT.get(bytes, at);
            case 0x05 -> at + 5 + (int) INT.get(bytes, at);
            case 0x07 -> at + 12;
            case 0x08 -> at + 1;
            case 0x0B -> endOfName(bytes, endOfName(bytes, at));
            case 0x0C -> at + 4 + (int) INT.get(bytes, at) + 12;
            case 0x10, Content.BESIDE -> at + 4;
            case 0x13 -> at + 16;
            // undefined, null, min key and max key have no content
            default -> at;
        };
    }
}
