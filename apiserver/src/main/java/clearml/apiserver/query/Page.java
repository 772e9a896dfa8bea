package clearml.apiserver.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a list.
 *
 * @param rows ready for the JSON writer; dates as {@link java.util.Date}. The top level of a row is the caller's to
 *     change; what a join put below it may be shared between rows
 * @param scrollId of a scroll, answered as {@code scroll_id} beside the list; null if the request opened none
 */
public record Page(List<Map<String, Object>> rows, @Nullable String scrollId) {

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
