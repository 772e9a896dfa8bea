package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** JSON values of requests as MongoDB takes them; 400/16 for those that it does not take. */
public final class MongoValues {

    /** MongoDB allows 100 levels in a document, of which these values are members of members. */
    private static final int MOST_LEVELS = 90;

    private MongoValues() {}

    /** The value as MongoDB stores it; numbers too large for it as floating point. */
    public static @Nullable Object of(@Nullable Object value) {
        return of(value, 1);
    }

    private static @Nullable Object of(@Nullable Object value, int level) {
        if (value instanceof BigInteger || value instanceof BigDecimal) {
            return ((Number) value).doubleValue();
        }
        if (level > MOST_LEVELS && (value instanceof Collection<?> || value instanceof Map<?, ?>)) {
            throw ApiError.FIELDS_VALUE_ERROR.of("nested too deeply").with("levels", level);
        }
        if (value instanceof Collection<?> items) {
            List<@Nullable Object> list = new ArrayList<>(items.size());
            items.forEach(item -> list.add(of(item, level + 1)));
            return list;
        }
        if (value instanceof Map<?, ?> map) {
            Document document = new Document();
            map.forEach((key, member) -> document.put(key(String.valueOf(key)), of(member, level + 1)));
            return document;
        }
        return value;
    }

    private static String key(String key) {
        if (key.indexOf('\0') >= 0) {
            throw ApiError.FIELDS_VALUE_ERROR.of("a key may not contain the character NUL");
        }
        return key;
    }
}
