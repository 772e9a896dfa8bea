package clearml.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One version of a document: its BSON bytes. Long arrays among its fields are beside them, and where they belong the bytes
 * have {@link #BESIDE} and their number. Never changed.
 */
final class Content {

    /** The type of a field whose value is a long array beside the bytes; BSON has no such type. */
    static final byte BESIDE = 0x7E;

    /** Arrays of so many bytes are long. */
    static final int LONG = 8 * 1024;

    private static final int RUN_BYTES = Long.BYTES + 3 * Integer.BYTES;

    private static final ChunkedArray[] NONE = {};

    private final byte[] head;
    private final ChunkedArray[] arrays;

    /** A document without long arrays. */
    Content(byte[] bson) {
        this(bson, NONE);
    }

    Content(byte[] head, ChunkedArray[] arrays) {
        this.head = head;
        this.arrays = arrays;
    }

    /** The bytes with numbers instead of long arrays. */
    byte[] head() {
        return head;
    }

    /** The long array whose number stands at a place of the head. */
    ChunkedArray array(int at) {
        return arrays[(int) BsonReader.INT.get(head, at)];
    }

    Document decode() {
        return new BsonReader(this).document();
    }

    /** Only the named fields of the document itself; all of them for null. */
    Document decode(@Nullable FieldNames fields) {
        return fields == null ? decode() : new BsonReader(this).fields(fields);
    }

    /** Bytes that it takes in BSON. */
    int size() {
        int size = head.length;
        for (ChunkedArray array : arrays) {
            size += array.bsonLength() - Integer.BYTES;
        }
        return size;
    }

    /** All of it as BSON. */
    byte[] whole() {
        if (arrays.length == 0) {
            return head;
        }
        byte[] out = new byte[size()];
        int at = Integer.BYTES;
        int copied = Integer.BYTES;
        for (int field = Integer.BYTES; head[field] != 0; ) {
            int value = BsonReader.endOfName(head, field + 1);
            if (head[field] == BESIDE) {
                System.arraycopy(head, copied, out, at, value - copied);
                out[at + field - copied] = BsonBytes.ARRAY;
                at = array(value).write(out, at + value - copied);
                copied = value + Integer.BYTES;
            }
            field = BsonReader.endOfValue(head, head[field], value);
        }
        System.arraycopy(head, copied, out, at, head.length - copied);
        BsonReader.INT.set(out, 0, out.length);
        return out;
    }

    /** The chunks of its long arrays. */
    Set<Chunk> chunks() {
        if (arrays.length == 0) {
            return Set.of();
        }
        Set<Chunk> chunks = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ChunkedArray array : arrays) {
            array.runs().forEach(run -> chunks.add(run.chunk()));
        }
        return chunks;
    }

    /** What the file keeps of it beside its chunks: the head, and for each long array the runs that it consists of. */
    byte[] record() {
        if (arrays.length == 0) {
            return head;
        }
        int length = head.length;
        for (ChunkedArray array : arrays) {
            length += Integer.BYTES + array.runs().size() * RUN_BYTES;
        }
        ByteBuffer out = ByteBuffer.allocate(length).put(head);
        for (ChunkedArray array : arrays) {
            out.putInt(array.runs().size());
            for (Run run : array.runs()) {
                out.putLong(run.chunk().id())
                        .putInt(run.from())
                        .putInt(run.to())
                        .putInt(run.count());
            }
        }
        return out.array();
    }

    /** The content of a record; also of one from before there were long arrays. */
    static Content read(byte[] record, LongFunction<Chunk> chunks) {
        int length = (int) BsonReader.INT.get(record, 0);
        if (length == record.length) {
            return ContentWriter.shortened(record);
        }
        ByteBuffer in = ByteBuffer.wrap(record, length, record.length - length);
        List<ChunkedArray> arrays = new ArrayList<>();
        while (in.hasRemaining()) {
            Run[] runs = new Run[in.getInt()];
            for (int i = 0; i < runs.length; i++) {
                runs[i] = new Run(chunks.apply(in.getLong()), in.getInt(), in.getInt(), in.getInt());
            }
            arrays.add(ChunkedArray.of(List.of(runs)));
        }
        return new Content(Arrays.copyOf(record, length), arrays.toArray(ChunkedArray[]::new));
    }
}
