package clearml.embedded.mongo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Collects the parts of an array. Small neighbours become one, so that an array never consists of many small parts. */
final class RunList {

    /** Small enough to be written anew for one element, large enough that long arrays have few of them. */
    static final int CHUNK_BYTES = 4 * 1024;

    private final List<Run> runs = new ArrayList<>();

    List<Run> runs() {
        return runs;
    }

    void add(Run run) {
        if (run.count() == 0) {
            return;
        }
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last != null && last.chunk() == run.chunk() && last.to() == run.from()) {
            runs.set(runs.size() - 1, new Run(run.chunk(), last.from(), run.to(), last.count() + run.count()));
        } else if (last != null && last.length() + run.length() <= CHUNK_BYTES) {
            runs.set(runs.size() - 1, joined(last, run));
        } else {
            runs.add(run);
        }
    }

    private static Run joined(Run a, Run b) {
        byte[] bytes = new byte[a.length() + b.length()];
        System.arraycopy(a.chunk().bytes(), a.from(), bytes, 0, a.length());
        System.arraycopy(b.chunk().bytes(), b.from(), bytes, a.length(), b.length());
        return Run.whole(new Chunk(bytes, 0), a.count() + b.count());
    }

    /** Adds new elements. */
    void addElements(List<?> elements) {
        ByteBuf out = Unpooled.buffer(256);
        for (Object element : elements) {
            int start = out.writerIndex();
            BsonBytes.element(element, out);
            if (start > 0 && out.writerIndex() > CHUNK_BYTES) {
                close(out, start);
            }
        }
        close(out, out.writerIndex());
    }

    /** Adds the elements of an array as it stands in BSON, from its length on. */
    void addArray(byte[] in, int at) {
        ByteBuf out = Unpooled.buffer(256);
        int from = at + Integer.BYTES;
        while (in[from] != 0) {
            int start = out.writerIndex();
            int value = BsonReader.endOfName(in, from + 1);
            int next = BsonReader.endOfValue(in, in[from], value);
            out.writeByte(in[from]).writeBytes(in, value, next - value);
            if (start > 0 && out.writerIndex() > CHUNK_BYTES) {
                close(out, start);
            }
            from = next;
        }
        close(out, out.writerIndex());
    }

    /** Makes a part of the first {@code length} bytes and leaves the others. */
    private void close(ByteBuf out, int length) {
        byte[] bytes = new byte[length];
        out.readBytes(bytes).discardReadBytes();
        int count = 0;
        for (int at = 0; at < length; at = Run.next(bytes, at)) {
            count++;
        }
        add(Run.whole(new Chunk(bytes, 0), count));
    }
}
