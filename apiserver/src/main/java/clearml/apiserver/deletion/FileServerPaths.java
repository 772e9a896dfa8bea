package clearml.apiserver.deletion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a URL is called on our file server, which clients may know by several addresses. */
final class FileServerPaths {

    private static final Pattern URL =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]+)?([^?#]*).*", Pattern.DOTALL);

    private final List<Prefix> prefixes = new ArrayList<>();

    /**
     * @param host scheme, host and port; empty for any
     * @param path without a slash at its end
     */
    private record Prefix(String host, String path) {

        static Prefix of(String text) {
            Matcher parts = parts(text);
            return new Prefix(hostIn(parts), stripped(parts.group(2), false));
        }

        Optional<String> rest(String host, String path) {
            boolean ours = (this.host.isEmpty() || this.host.equalsIgnoreCase(host))
                    && (this.path.isEmpty() || path.startsWith(this.path + "/"));
            return ours ? Optional.of(stripped(path.substring(this.path.length()), true)) : Optional.empty();
        }
    }

    /**
     * @param prefixes {@code [scheme://host[:port]]/path}, the first that fits counts
     * @param fileServer the address of the file server itself
     */
    FileServerPaths(List<String> prefixes, String fileServer) {
        prefixes.stream().filter(text -> !text.isBlank()).map(Prefix::of).forEach(this.prefixes::add);
        this.prefixes.add(Prefix.of(fileServer));
    }

    /** The path as the file server takes it: percent-encoded, without slashes at its ends; empty for foreign URLs. */
    Optional<String> of(String url) {
        Matcher parts = parts(url);
        return prefixes.stream()
                .map(prefix -> prefix.rest(hostIn(parts), parts.group(2)))
                .flatMap(Optional::stream)
                .findFirst()
                // The file server takes a plus sign for a blank.
                .map(path -> path.replace("+", "%2B"));
    }

    private static Matcher parts(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException(url);
        }
        return parts;
    }

    private static String hostIn(Matcher parts) {
        return parts.group(1) == null ? "" : parts.group(1);
    }

    private static String stripped(String path, boolean bothEnds) {
        String end = path.replaceFirst("/+$", "");
        return bothEnds ? end.replaceFirst("^/+", "") : end;
    }
}
