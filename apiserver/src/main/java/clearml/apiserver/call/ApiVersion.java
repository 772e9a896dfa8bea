package clearml.apiserver.call;

import java.util.Comparator;

/** A version of the API, compared by part: 2.13 is newer than 2.8. */
public record ApiVersion(int major, int minor, String text) implements Comparable<ApiVersion> {

    /** The newest version that this server speaks; the one of paths without a version. */
    public static final ApiVersion MAX = of("2.34");

    private static final ApiVersion FIRST_AS_TEXT = of("2.1");
    private static final Comparator<ApiVersion> ORDER =
            Comparator.comparingInt(ApiVersion::major).thenComparingInt(ApiVersion::minor);

    /**
     * Reads {@code 2.13} or {@code 20}.
     *
     * @throws ApiException 400/2 when a part has a leading zero or is too long to be a number
     */
    public static ApiVersion of(String text) {
        int dot = text.indexOf('.');
        String major = dot < 0 ? text : text.substring(0, dot);
        String minor = dot < 0 ? "0" : text.substring(dot + 1);
        return new ApiVersion(part(text, "major", major), part(text, "minor", minor), text);
    }

    private static int part(String version, String name, String digits) {
        if (digits.length() > 1 && digits.startsWith("0")) {
            throw invalid(version, "Invalid leading zero in " + name + ": '" + version + "'");
        }
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw invalid(version, "Invalid version string: '" + version + "'");
        }
    }

    private static ApiException invalid(String version, String reason) {
        return ApiError.REQUEST_PATH_HAS_INVALID_VERSION
                .with("version", version)
                .with("reason", reason);
    }

    public boolean atLeast(ApiVersion other) {
        return compareTo(other) >= 0;
    }

    /** Whether this version is older than the given one, as {@code before("2.13")}. */
    public boolean before(String other) {
        return compareTo(of(other)) < 0;
    }

    /** The value in {@code meta}: a string, or a number when the requested version is below 2.1. */
    Object inMeta(ApiVersion requested) {
        return requested.atLeast(FIRST_AS_TEXT) ? text : (Object) Double.valueOf(major + "." + minor);
    }

    @Override
    public int compareTo(ApiVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ApiVersion that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * major + minor;
    }

    @Override
    public String toString() {
        return text;
    }
}
