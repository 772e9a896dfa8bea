package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;

/** How names made by users become keys of stored objects, and back; shared with the reference's data. */
public final class KeyEscaping {

    private KeyEscaping() {}

    /** The stored form of a key; 400/12 if nothing is left of it after trimming. */
    public static String escape(String key) {
        String trimmed = key.strip();
        if (trimmed.isEmpty()) {
            throw ApiError.VALIDATION_ERROR.of("Empty key is not allowed");
        }
        String escaped = trimmed.replace("%", "%%")
                .replace(".", "%2E")
                .replace("$", "%24")
                .replace("__", "%_%_");
        return escaped.startsWith("_") ? "%" + escaped : escaped;
    }

    /** The key as its user wrote it. */
    public static String unescape(String stored) {
        if (stored.indexOf('%') < 0) {
            return stored;
        }
        StringBuilder key = new StringBuilder(stored.length());
        int from = 0;
        for (int percent = stored.indexOf("%%"); percent >= 0; percent = stored.indexOf("%%", from)) {
            key.append(unescapePart(stored.substring(from, percent))).append('%');
            from = percent + 2;
        }
        key.append(unescapePart(stored.substring(from)));
        return key.length() > 1 && key.charAt(0) == '%' && key.charAt(1) == '_' ? key.substring(1) : key.toString();
    }

    private static String unescapePart(String part) {
        return part.replace("%2E", ".").replace("%24", "$").replace("%_%_", "__");
    }
}
