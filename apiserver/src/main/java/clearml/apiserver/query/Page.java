package clearml.apiserver.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a list.
 *
 * @param rows ready for the JSON writer; dates as {@link java.util.Date}. A row is made each time it is read, so that a
 *     long list is never in memory as objects: it is changed by {@link #each} or after {@link #held}. What a join put
 *     into it may be shared between rows
 * @param scrollId of a scroll, answered as {@code scroll_id} beside the list; null if the request opened none
 */
public record Page(List<Map<String, Object>> rows, @Nullable String scrollId) {

    /** The same with a change of each row's top level, made when the row is. */
    public Page each(Consumer<Map<String, Object>> change) {
        if (rows instanceof Rows made) {
            return new Page(made.each(change), scrollId);
        }
        rows.forEach(change);
        return this;
    }

    /** The same with all rows at once, whose top level the caller may change. */
    public Page held() {
        return new Page(new ArrayList<>(rows), scrollId);
    }

    /** The data of a list call: the rows under the name of their kind, and {@code scroll_id} if a scroll is open. */
    public Map<String, Object> as(String rowsName) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(rowsName, rows);
        if (scrollId != null) {
            data.put("scroll_id", scrollId);
        }
        return data;
    }
}
