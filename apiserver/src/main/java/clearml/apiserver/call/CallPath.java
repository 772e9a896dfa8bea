package clearml.apiserver.call;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request path taken apart: {@code /v2.13/tasks.get_all} or {@code /tasks.get_all}.
 *
 * @param name {@code <service>.<action>}
 * @param version null when the path has none
 */
record CallPath(String name, @Nullable ApiVersion version) {

    private static final Pattern FORM = Pattern.compile(
            "/?(?:v(?<version>\\d+\\.?\\d+)/)?(?<name>[a-zA-Z_]\\w+\\.[a-zA-Z_]\\w+)/?",
            Pattern.UNICODE_CHARACTER_CLASS);

    /** Throws 400/0 for another form, 400/2 for a version with a leading zero. */
    static CallPath parse(String path) {
        String single = path.replaceFirst("^/{2,}", "/");
        Matcher matcher = FORM.matcher(single);
        if (!matcher.matches()) {
            throw ApiException.message(ApiError.BAD_REQUEST, "Invalid request path " + single);
        }
        String version = matcher.group("version");
        return new CallPath(matcher.group("name"), version == null ? null : ApiVersion.of(version));
    }

    /** The path of a URI: decoded once, as far as that is possible; a plus sign is itself. */
    static String decode(String uri) {
        try {
            return URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return uri;
        }
    }

    /** What is wrong with a request that is no HTTP: its path, or something else. */
    static ApiException refusal(String uri) {
        try {
            parse(decode(uri));
            return BodyReader.malformed();
        } catch (ApiException e) {
            return e;
        }
    }
}
