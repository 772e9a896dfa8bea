package clearml.apiserver.query;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a value of a request counts as yes. */
public final class Truth {

    private Truth() {}

    /** No for null, false, zero, and what is empty. */
    public static boolean of(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof Collection<?> items) {
            return !items.isEmpty();
        }
        return value instanceof Map<?, ?> map ? !map.isEmpty() : value != null && !"".equals(value);
    }
}
