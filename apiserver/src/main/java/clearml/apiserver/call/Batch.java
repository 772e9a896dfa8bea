package clearml.apiserver.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer of the {@code *_many} endpoints: one operation on many objects, one by one in the order given: a failure of one is answered beside the successes of the
 * others.
 *
 * @param succeeded {@code {id, ...}}
 * @param failed {@code {id, error: {codes, msg, data}}}
 */
public record Batch(List<Map<String, Object>> succeeded, List<Map<String, Object>> failed) {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    /** Applies an operation, which answers what is told of each success besides the id. */
    public static Batch of(List<String> ids, Function<String, Map<String, ? extends @Nullable Object>> operation) {
        Batch batch = new Batch(new ArrayList<>(), new ArrayList<>());
        for (String id : ids) {
            try {
                Map<String, Object> item = new LinkedHashMap<>();
                item.put("id", id);
                item.putAll(operation.apply(id));
                batch.succeeded.add(item);
            } catch (ApiException e) {
                batch.failed.add(failure(id, e));
            } catch (RuntimeException e) {
                LOG.error("{} of a batch failed", id, e);
                batch.failed.add(failure(id, ApiError.GENERAL_ERROR.of(String.valueOf(e.getMessage()))));
            }
        }
        return batch;
    }

    private static Map<String, Object> failure(String id, ApiException e) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("codes", List.of(e.error().code(), e.error().subcode()));
        error.put("msg", e.getMessage());
        error.put("data", e.arguments());
        return Map.of("id", id, "error", error);
    }
}
