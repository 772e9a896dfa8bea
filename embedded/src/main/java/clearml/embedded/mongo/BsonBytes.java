package clearml.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values to BSON bytes, and whole documents back. */
final class BsonBytes {

    static final byte TEXT = 2;
    static final byte DOCUMENT = 3;
    static final byte ARRAY = 4;
    /** Type and name of an element of an array, at most. */
    private static final int NAME = 12;

    private BsonBytes() {}

    static byte[] encode(Document document) {
        ByteBuf out = Unpooled.buffer(512);
        write(document, out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    static Document decode(byte[] bytes) {
        return new Content(bytes).decode();
    }

    /** Writes a document that may hold {@link RawDocument}s. */
    static void write(Map<String, ?> document, ByteBuf out) {
        int start = out.writerIndex();
        out.writeIntLE(0);
        document.forEach((name, value) -> field(name, value, out));
        end(start, out);
    }

    /** The size of the {@link RawDocument}s in a document, in bytes, with their names in a list. */
    static int sizeOfRaw(@Nullable Object value) {
        int size = 0;
        if (value instanceof RawDocument raw) {
            size = NAME + raw.bytes().length;
        } else if (value instanceof Document document) {
            for (Object member : document.values()) {
                size += sizeOfRaw(member);
            }
        } else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof RawDocument) {
            for (Object element : list) {
                size += sizeOfRaw(element);
            }
        }
        return size;
    }

    private static void writeArray(List<?> list, ByteBuf out) {
        int start = out.writerIndex();
        out.writeIntLE(0);
        for (int i = 0; i < list.size(); i++) {
            field(Integer.toString(i), list.get(i), out);
        }
        end(start, out);
    }

    private static void end(int start, ByteBuf out) {
        out.writeByte(0);
        out.setIntLE(start, out.writerIndex() - start);
    }

    static void field(String name, @Nullable Object value, ByteBuf out) {
        byte type = type(value);
        name(type, name, out);
        value(type, value, out);
    }

    static void name(byte type, String name, ByteBuf out) {
        out.writeByte(type);
        out.writeCharSequence(name, StandardCharsets.UTF_8);
        out.writeByte(0);
    }

    /** Writes a type and a value without a name. */
    static void element(@Nullable Object value, ByteBuf out) {
        byte type = type(value);
        out.writeByte(type);
        value(type, value, out);
    }

    private static byte type(@Nullable Object value) {
        if (value instanceof RawDocument) {
            return DOCUMENT;
        }
        return value instanceof ChunkedArray ? ARRAY : BsonEncoder.determineType(value);
    }

    private static void value(byte type, @Nullable Object value, ByteBuf out) {
        if (value instanceof RawDocument raw) {
            out.writeBytes(raw.bytes());
        } else if (value instanceof Document d) {
            write(d, out);
        } else if (value instanceof ChunkedArray array) {
            out.writeBytes(array.bson());
        } else if (value instanceof List<?> l) {
            writeArray(l, out);
        } else {
            BsonEncoder.encodeValue(type, value, out);
        }
    }
}
