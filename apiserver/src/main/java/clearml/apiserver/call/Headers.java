package clearml.apiserver.call;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Reading of request headers that exist under a new and an old name. */
final class Headers {

    private Headers() {}

    /** The value of the first header that is there and not empty, or null. */
    static @Nullable String first(HttpServletRequest request, String... names) {
        for (String name : names) {
            String value = request.getHeader(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
