package clearml.apiserver.debug;

import clearml.apiserver.call.Access;
import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.CallBody;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoint that probes use. */
@ApiController
class DebugApi {

    /** Answers whatever it was sent, with a message of its own unless the caller sent one. */
    @ApiCall(value = "debug.ping", access = Access.OPEN)
    Map<String, @Nullable Object> ping(CallBody body) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("msg", "ClearML server");
        answer.putAll(body.fields());
        return answer;
    }
}
