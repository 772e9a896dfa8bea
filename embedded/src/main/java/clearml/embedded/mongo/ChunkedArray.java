package clearml.embedded.mongo;

import clearml.embedded.mongo.language.StoredArray;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A long array, kept in chunks that its versions share: what a change costs does not grow with the array. */
final class ChunkedArray extends StoredArray {

    private final Run[] runs;
    /** The position of the first element of each run. */
    private final int[] starts;

    private final int size;
    private final int length;

    private ChunkedArray(List<Run> runs) {
        this.runs = runs.toArray(Run[]::new);
        this.starts = new int[this.runs.length];
        int elements = 0;
        int bytes = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = elements;
            elements += this.runs[i].count();
            bytes += this.runs[i].length();
        }
        this.size = elements;
        this.length = bytes;
    }

    /** The array of elements that are known to be well cut. */
    static ChunkedArray of(List<Run> runs) {
        return new ChunkedArray(runs);
    }

    /** The array that stands in BSON, from its length on. */
    static ChunkedArray of(byte[] bson, int at) {
        RunList all = new RunList();
        all.addArray(bson, at);
        return new ChunkedArray(all.runs());
    }

    List<Run> runs() {
        return Arrays.asList(runs);
    }

    @Override
    public int size() {
        return size;
    }

    /** Bytes of the elements. */
    int length() {
        return length;
    }

    private int runOf(int index) {
        int found = Arrays.binarySearch(starts, index);
        return found < 0 ? -found - 2 : found;
    }

    @Override
    public @Nullable Object get(int index) {
        Objects.checkIndex(index, size);
        int at = runOf(index);
        return element(runs[at].chunk().bytes(), runs[at].place(index - starts[at]));
    }

    private static @Nullable Object element(byte[] bytes, int at) {
        return BsonReader.value(bytes, bytes[at], at + 1);
    }

    @Override
    public Iterator<@Nullable Object> iterator() {
        return new Elements();
    }

    /** One after the other, as finding an element by its position goes over those before it in its chunk. */
    private final class Elements implements Iterator<@Nullable Object> {
        private int run;
        private int at = runs.length == 0 ? 0 : runs[0].from();

        @Override
        public boolean hasNext() {
            return run < runs.length;
        }

        @Override
        public @Nullable Object next() {
            if (run >= runs.length) {
                throw new NoSuchElementException();
            }
            byte[] bytes = runs[run].chunk().bytes();
            Object element = element(bytes, at);
            at = Run.next(bytes, at);
            if (at == runs[run].to() && ++run < runs.length) {
                at = runs[run].from();
            }
            return element;
        }
    }

    @Override
    public ChunkedArray spliced(int from, int to, List<?> inserted) {
        RunList all = new RunList();
        copy(0, from, all);
        if (inserted instanceof ChunkedArray other) {
            other.copy(0, other.size, all);
        } else if (!inserted.isEmpty()) {
            all.addElements(inserted);
        }
        copy(to, size, all);
        return new ChunkedArray(all.runs());
    }

    private void copy(int from, int to, RunList all) {
        for (int i = from < to ? runOf(from) : runs.length; i < runs.length && starts[i] < to; i++) {
            all.add(runs[i].part(Math.max(0, from - starts[i]), Math.min(runs[i].count(), to - starts[i])));
        }
    }

    @Override
    public int indexOf(int from, String field, @Nullable String text, Predicate<Document> other) {
        FieldNames name = new FieldNames(List.of(field));
        byte[] wanted = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        for (int i = from < size ? runOf(from) : runs.length; i < runs.length; i++) {
            byte[] bytes = runs[i].chunk().bytes();
            int index = Math.max(from, starts[i]);
            for (int at = runs[i].place(index - starts[i]); at < runs[i].to(); at = Run.next(bytes, at)) {
                int field0 = bytes[at] == BsonBytes.DOCUMENT ? BsonReader.find(bytes, at + 1, name) : -1;
                if (field0 >= 0 && holds(bytes, at, field0, wanted, other)) {
                    return index;
                }
                index++;
            }
        }
        return -1;
    }

    private static boolean holds(byte[] bytes, int at, int field, byte @Nullable [] wanted, Predicate<Document> other) {
        int value = BsonReader.endOfName(bytes, field + 1);
        if (wanted == null || bytes[field] == BsonBytes.ARRAY) {
            return other.test((Document) Objects.requireNonNull(element(bytes, at)));
        }
        int text = value + Integer.BYTES;
        return bytes[field] == BsonBytes.TEXT
                && (int) BsonReader.INT.get(bytes, value) == wanted.length + 1
                && Arrays.equals(wanted, 0, wanted.length, bytes, text, text + wanted.length);
    }

    /** Bytes that it takes in BSON. */
    int bsonLength() {
        int names = size * 2;
        for (long digits = 10; digits <= size - 1; digits *= 10) {
            names += size - (int) digits;
        }
        return Integer.BYTES + length + names + 1;
    }

    /** Writes it as BSON and returns where that ends. */
    int write(byte[] out, int start) {
        int at = start + Integer.BYTES;
        int index = 0;
        for (Run run : runs) {
            byte[] bytes = run.chunk().bytes();
            for (int from = run.from(); from < run.to(); ) {
                int next = Run.next(bytes, from);
                out[at++] = bytes[from];
                at = name(index++, out, at);
                System.arraycopy(bytes, from + 1, out, at, next - from - 1);
                at += next - from - 1;
                from = next;
            }
        }
        out[at++] = 0;
        BsonReader.INT.set(out, start, at - start);
        return at;
    }

    private static int name(int index, byte[] out, int at) {
        int digits = 1;
        for (int rest = index / 10; rest > 0; rest /= 10) {
            digits++;
        }
        for (int i = digits - 1, rest = index; i >= 0; i--, rest /= 10) {
            out[at + i] = (byte) ('0' + rest % 10);
        }
        out[at + digits] = 0;
        return at + digits + 1;
    }

    byte[] bson() {
        byte[] out = new byte[bsonLength()];
        write(out, 0);
        return out;
    }

    /** The same elements, in this array's chunks where it begins and ends alike. */
    ChunkedArray sharing(ChunkedArray fresh) {
        int common = Math.min(size, fresh.size);
        Places mine = new Places(runs);
        Places others = new Places(fresh.runs);
        int before = mine.same(others, common);
        int after = backwards(fresh, common - before);
        return spliced(before, size - after, fresh.subList(before, fresh.size - after));
    }

    /** How many elements before the end are the same, by whole runs of this array. */
    private int backwards(ChunkedArray fresh, int most) {
        int after = 0;
        for (int i = runs.length - 1; i >= 0 && after + runs[i].count() <= most; i--) {
            int count = runs[i].count();
            Run[] theirs = fresh.subRuns(fresh.size - after - count, fresh.size - after);
            if (new Places(new Run[] {runs[i]}).same(new Places(theirs), count) < count) {
                break;
            }
            after += count;
        }
        return after;
    }

    private Run[] subRuns(int from, int to) {
        List<Run> found = new ArrayList<>();
        for (int i = from < to ? runOf(from) : runs.length; i < runs.length && starts[i] < to; i++) {
            found.add(runs[i].part(Math.max(0, from - starts[i]), Math.min(runs[i].count(), to - starts[i])));
        }
        return found.toArray(Run[]::new);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof ChunkedArray array)) {
            return other == this || super.equals(other);
        }
        if (size != array.size || Arrays.equals(runs, array.runs)) {
            return size == array.size;
        }
        return length == array.length && new Places(runs).same(new Places(array.runs), size) == size
                || super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
