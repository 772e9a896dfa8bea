package clearml.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a document to be stored. Of a changed one, only the fields that have changed are encoded. */
final class ContentWriter {

    private final ByteBuf out;
    private final List<ChunkedArray> arrays = new ArrayList<>();

    private ContentWriter(int length) {
        out = Unpooled.buffer(length);
        out.writeIntLE(0);
    }

    static Content of(Document document) {
        ContentWriter writer = new ContentWriter(512);
        document.forEach((name, value) -> writer.field(name, value, null));
        return writer.done();
    }

    /**
     * The content after a change of some fields.
     *
     * @param known the fields that {@code after} has if the document has them; those it lacks are dropped
     * @param changed the names of those that are to be encoded
     */
    static Content of(Content before, Document after, FieldNames known, Set<String> changed) {
        ContentWriter writer = new ContentWriter(before.head().length + 64);
        List<String> written = new ArrayList<>();
        byte[] head = before.head();
        for (int field = Integer.BYTES, next; head[field] != 0; field = next) {
            int value = BsonReader.endOfName(head, field + 1);
            next = BsonReader.endOfValue(head, head[field], value);
            int found = known.indexOf(head, field + 1, value - 1);
            String name = found < 0 ? null : known.name(found);
            boolean beside = head[field] == Content.BESIDE;
            if (name == null || !changed.contains(name)) {
                writer.copy(head, field, value, next, beside ? before.array(value) : null);
            } else if (after.containsKey(name)) {
                writer.field(name, after.get(name), beside ? before.array(value) : null);
                written.add(name);
            }
        }
        after.forEach((name, value) -> {
            if (changed.contains(name) && !written.contains(name)) {
                writer.field(name, value, null);
            }
        });
        return writer.done();
    }

    /** A stored document whose long arrays are put beside it, if there are any. */
    static Content shortened(byte[] bson) {
        if (bson.length < Content.LONG) {
            return new Content(bson);
        }
        ContentWriter writer = new ContentWriter(bson.length);
        for (int field = Integer.BYTES, next; bson[field] != 0; field = next) {
            int value = BsonReader.endOfName(bson, field + 1);
            next = BsonReader.endOfValue(bson, bson[field], value);
            if (bson[field] == BsonBytes.ARRAY && next - value >= Content.LONG) {
                writer.copy(bson, field, value, next, ChunkedArray.of(bson, value));
            } else {
                writer.copy(bson, field, value, next, null);
            }
        }
        return writer.arrays.isEmpty() ? new Content(bson) : writer.done();
    }

    private void copy(byte[] from, int field, int value, int next, @Nullable ChunkedArray array) {
        if (array == null) {
            out.writeBytes(from, field, next - field);
        } else {
            out.writeByte(Content.BESIDE).writeBytes(from, field + 1, value - field - 1);
            beside(array);
        }
    }

    private void beside(ChunkedArray array) {
        out.writeIntLE(arrays.size());
        arrays.add(array);
    }

    private void field(String name, @Nullable Object value, @Nullable ChunkedArray old) {
        int start = out.writerIndex();
        if (value instanceof ChunkedArray array && array.length() >= Content.LONG / 2) {
            BsonBytes.name(Content.BESIDE, name, out);
            beside(array);
            return;
        }
        BsonBytes.field(name, value, out);
        if (value instanceof List && out.writerIndex() - start >= Content.LONG) {
            out.writerIndex(start);
            BsonBytes.name(Content.BESIDE, name, out);
            ChunkedArray fresh = ChunkedArray.of(out.array(), out.arrayOffset() + out.writerIndex());
            beside(old == null ? fresh : old.sharing(fresh));
        }
    }

    private Content done() {
        out.writeByte(0);
        out.setIntLE(0, out.writerIndex());
        byte[] head = new byte[out.readableBytes()];
        out.readBytes(head);
        return new Content(head, arrays.toArray(ChunkedArray[]::new));
    }
}
