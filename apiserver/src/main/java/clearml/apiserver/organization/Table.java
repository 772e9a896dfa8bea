package clearml.apiserver.organization;

import clearml.apiserver.call.BodyReader;
import clearml.apiserver.call.RequestBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list that is wanted as a file.
 *
 * @param json the list request, with members of its own about the file
 */
record Table(TableType type, List<Column> columns, String json) {

    private static final Set<String> PAGING =
            Set.of("page", "page_size", "start", "size", "scroll_id", "refresh_scroll");

    static Table of(String json) {
        return RequestBinder.bind(DownloadApi.Request.class, read(json)).table(json);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> read(String json) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(BodyReader.read(json));
    }

    /** The list request for one page, made anew: lists change their requests. */
    Map<String, @Nullable Object> page(int page, int size) {
        Map<String, @Nullable Object> query = read(json);
        query.keySet().removeAll(PAGING);
        query.put("page", page);
        query.put("page_size", size);
        return query;
    }

    /** What the list is restricted to: an id, a list, or null. */
    @Nullable
    Object project() {
        return read(json).get("project");
    }

    List<@Nullable Object> values(Map<String, Object> row) {
        List<@Nullable Object> values = new ArrayList<>();
        columns.forEach(column -> values.add(column.in(row)));
        return values;
    }

    List<String> header() {
        return columns.stream().map(Column::name).toList();
    }
}
