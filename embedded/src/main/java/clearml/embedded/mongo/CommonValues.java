package clearml.embedded.mongo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Texts, and lists of them, that many documents of a collection have in common: companies, projects, states. They are held
 * once, in indexes too, so that comparing them is mostly finding the same object. Going over thousands of documents is
 * waiting for memory, and what is held once is in the processor's cache. For any threads: nothing that is in here changes.
 */
final class CommonValues {

    private static final int SLOTS = 1024;
    private static final int LONGEST = 128;

    /** By field, the last value of each hash. */
    private final Map<String, @Nullable Object[]> byField = new ConcurrentHashMap<>();

    /** The value, or one before it in the same field that is equal to it. */
    @Nullable
    Object one(String field, @Nullable Object value) {
        boolean text = value instanceof String s && s.length() <= LONGEST;
        return value != null && (text || value instanceof List) ? known(field, value) : value;
    }

    private Object known(String field, Object value) {
        @Nullable Object[] slots = byField.computeIfAbsent(field, name -> new Object[SLOTS]);
        int hash = value.hashCode();
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        Object last = slots[slot];
        if (value.equals(last)) {
            return last;
        }
        slots[slot] = value;
        return value;
    }
}
