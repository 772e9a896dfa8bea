package clearml.apiserver.call;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One structured line per call: debug for success, info for errors of the caller, error for our own. No bodies. */
final class CallLog {

    private static final Logger LOG = LoggerFactory.getLogger("clearml.calls");
    private static final int OK_END = 400;
    private static final int SERVER_ERROR = 500;

    private CallLog() {}

    static void write(Call call, int code, int subcode, long nanos) {
        Level level = code < OK_END ? Level.DEBUG : code < SERVER_ERROR ? Level.INFO : Level.ERROR;
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        Caller caller = call.caller();
        ApiException failure = call.failure();
        LOG.makeLoggingEventBuilder(level)
                .addKeyValue("endpoint", call.endpointName())
                .addKeyValue("version", call.version())
                .addKeyValue("code", code)
                .addKeyValue("subcode", subcode)
                .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(nanos))
                .addKeyValue("call", call.id())
                .addKeyValue("user", caller == null ? "-" : caller.user())
                .addKeyValue("error", failure == null ? "" : shortened(failure.getMessage()))
                .log("Returned {} for {} in {}ms", code, call.endpointName(), TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private static String shortened(String message) {
        int most = 300;
        return message.length() <= most ? message : message.substring(0, most) + "...";
    }
}
