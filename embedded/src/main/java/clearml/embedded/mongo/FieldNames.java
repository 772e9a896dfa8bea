package clearml.embedded.mongo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A few field names, found by their bytes in stored documents: nothing is decoded for the fields that are not among them. */
final class FieldNames {

    private final String[] names;
    private final byte[][] encoded;

    FieldNames(Collection<String> names) {
        this.names = names.toArray(String[]::new);
        this.encoded = new byte[this.names.length][];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = this.names[i].getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Null, for all fields, stays null. */
    static @Nullable FieldNames of(@Nullable Collection<String> names) {
        return names == null ? null : new FieldNames(names);
    }

    int size() {
        return names.length;
    }

    String name(int index) {
        return names[index];
    }

    /** The index of the name that stands in {@code bytes} from {@code from} to before {@code to}; -1 for another name. */
    int indexOf(byte[] bytes, int from, int to) {
        for (int i = 0; i < encoded.length; i++) {
            byte[] name = encoded[i];
            if (name.length == to - from && Arrays.equals(name, 0, name.length, bytes, from, to)) {
                return i;
            }
        }
        return -1;
    }
}
