package clearml.fileserver;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.util.StringUtils;

/** The path of a request as a name: decoded once; {@code +} and {@code ;} are themselves. */
final class RequestPath {

    private RequestPath() {}

    /** Without its first slash. */
    static String name(HttpServletRequest request) {
        String path = request.getRequestURI();
        return decode(path.startsWith("/") ? path.substring(1) : path);
    }

    /** Whether a file can have the path of a request as its name. */
    static boolean isName(HttpServletRequest request) {
        try {
            return StoredName.plain(name(request)).isPresent();
        } catch (StoredName.UnstorableName e) {
            return false;
        }
    }

    /** @throws StoredName.UnstorableName a broken percent escape */
    static String decode(String text) {
        try {
            return StringUtils.uriDecode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new StoredName.UnstorableName();
        }
    }
}
