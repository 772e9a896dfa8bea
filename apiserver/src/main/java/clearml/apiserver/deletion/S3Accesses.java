package clearml.apiserver.deletion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which access leads to an S3 URL: that of the bucket or server with the longest name, or else the common one. */
final class S3Accesses {

    private static final String SCHEME = "s3://";

    private final List<Named> named = new ArrayList<>();
    private final S3Access common;

    /** @param prefix host and bucket, what there is of them, in small letters */
    private record Named(String prefix, S3Access access) {

        boolean leadsTo(String location) {
            return location.toLowerCase(Locale.ROOT).startsWith(prefix)
                    && (location.length() == prefix.length() || location.charAt(prefix.length()) == '/');
        }
    }

    /** @param key empty for the bucket itself */
    record Found(S3Access access, String bucket, String key) {}

    private S3Accesses(StorageOptions options) {
        common = S3Access.of(options, "");
        // The web UI's settings have buckets, configuration files have credentials.
        Stream.of("buckets", "credentials").flatMap(options::sections).forEach(this::add);
        named.sort(Comparator.comparingInt((Named bucket) -> bucket.prefix().length())
                .reversed());
    }

    static S3Accesses of(StorageOptions options) {
        return new S3Accesses(options);
    }

    private void add(StorageOptions bucket) {
        String host = bucket.text("host");
        String name = bucket.text("bucket").replaceFirst("/+$", "");
        String prefix = host + (host.isEmpty() || name.isEmpty() ? "" : "/") + name;
        S3Access access = S3Access.of(bucket, host);
        if (!prefix.isEmpty() && access.isComplete()) {
            named.add(new Named(prefix.toLowerCase(Locale.ROOT), access));
        }
    }

    /** Empty when nothing is configured for the URL. */
    Optional<Found> find(String url) {
        if (!url.startsWith(SCHEME)) {
            return Optional.empty();
        }
        String location = url.substring(SCHEME.length());
        S3Access access = named.stream()
                .filter(bucket -> bucket.leadsTo(location))
                .findFirst()
                .map(Named::access)
                .orElseGet(() -> common.at(hostIn(location)));
        String[] parts = access.host().isEmpty()
                ? location.split("/", 2)
                : location.substring(Math.min(location.length(), access.host().length() + 1))
                        .split("/", 2);
        return access.isComplete() && !parts[0].isEmpty()
                ? Optional.of(new Found(access, parts[0], parts.length == 1 ? "" : parts[1].replaceFirst("^/+", "")))
                : Optional.empty();
    }

    /** Only with a port it is a host. */
    private static String hostIn(String location) {
        String first = location.split("/", 2)[0];
        return first.matches(".*:\\d+") ? first : "";
    }
}
