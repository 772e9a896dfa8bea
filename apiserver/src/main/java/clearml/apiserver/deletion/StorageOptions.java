package clearml.apiserver.deletion;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Settings as somebody has written them, in a file or in the web UI: each may be missing, null or empty. */
record StorageOptions(Map<String, ? extends @Nullable Object> values) {

    private static final Set<String> NO = Set.of("false", "no", "off", "0");

    /** Empty when it is not set. */
    String text(String name) {
        Object value = values.get(name);
        return value == null ? "" : value.toString().strip();
    }

    String text(String name, String or) {
        String text = text(name);
        return text.isEmpty() ? or : text;
    }

    boolean flag(String name, boolean or) {
        String text = text(name).toLowerCase(Locale.ROOT);
        return text.isEmpty() ? or : !NO.contains(text);
    }

    /** The sections below a name. */
    Stream<StorageOptions> sections(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(Map.class::cast)
                        .map(StorageOptions::of)
                : Stream.of();
    }

    @SuppressWarnings("unchecked")
    private static StorageOptions of(Map<?, ?> section) {
        return new StorageOptions((Map<String, Object>) section);
    }
}
