package clearml.fileserver;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a stored file is, by the end of its name. A short table of our own: the tables of operating systems know types
 * for model files that are something else.
 */
record ContentType(String value) {

    private static final ContentType UNKNOWN = new ContentType("application/octet-stream");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("log", "text/plain; charset=utf-8"),
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("htm", "text/html; charset=utf-8"),
            Map.entry("xhtml", "application/xhtml+xml; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("csv", "text/csv; charset=utf-8"),
            Map.entry("tsv", "text/tab-separated-values; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("md", "text/markdown; charset=utf-8"),
            Map.entry("py", "text/x-python; charset=utf-8"),
            Map.entry("xml", "application/xml; charset=utf-8"),
            Map.entry("svg", "image/svg+xml; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("webp", "image/webp"),
            Map.entry("tif", "image/tiff"),
            Map.entry("tiff", "image/tiff"),
            Map.entry("ico", "image/vnd.microsoft.icon"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("avi", "video/x-msvideo"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("wav", "audio/x-wav"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("flac", "audio/flac"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("zip", "application/zip"),
            Map.entry("tar", "application/x-tar"),
            Map.entry("h5", "application/x-hdf5"));

    private static final Set<String> ACTIVE =
            Set.of("text/html", "application/xhtml+xml", "application/xml", "image/svg+xml");

    static ContentType of(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String type = TYPES.get(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
        return dot < 0 || type == null ? UNKNOWN : new ContentType(type);
    }

    /** Whether a browser that shows it runs what is in it. */
    boolean isActive() {
        return ACTIVE.contains(value.replaceFirst(";.*", ""));
    }
}
