package clearml.apiserver.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The answer of the {@code *_many} endpoints: what went well and what did not, id by id. */
public final class Batch {

    private Batch() {}

    /**
     * Does the work for one id after the other. Only documented errors are collected; anything else ends the call.
     *
     * @param work answers the members beside {@code id} of a success
     */
    public static Map<String, Object> run(List<String> ids, Function<String, Map<String, ?>> work) {
        List<Object> succeeded = new ArrayList<>();
        List<Object> failed = new ArrayList<>();
        for (String id : ids) {
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            item.put("id", id);
            try {
                item.putAll(work.apply(id));
                succeeded.add(item);
            } catch (ApiException e) {
                item.put("error", error(e));
                failed.add(item);
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("succeeded", succeeded);
        answer.put("failed", failed);
        return answer;
    }

    private static Map<String, Object> error(ApiException e) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("codes", List.of(e.error().code(), e.error().subcode()));
        error.put("msg", e.getMessage());
        error.put("data", e.arguments());
        return error;
    }
}
