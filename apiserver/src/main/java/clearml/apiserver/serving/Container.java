package clearml.apiserver.serving;

import clearml.apiserver.call.BodyReader;
import clearml.apiserver.call.JsonText;
import clearml.apiserver.call.RequestBinder;
import clearml.apiserver.workers.WorkerJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container that is registered.
 *
 * @param registerTimeout after so many s without a sign of life it is gone
 */
record Container(
        String company,
        @Nullable String ip,
        Instant registerTime,
        int registerTimeout,
        Instant lastActivityTime,
        ContainerReport report) {

    String id() {
        return report.containerId();
    }

    /** The same container after a report; it keeps what a report does not tell. */
    Container after(ContainerReport next, @Nullable String nextIp, Instant now) {
        return new Container(
                company, nextIp == null || nextIp.isEmpty() ? ip : nextIp, registerTime, registerTimeout, now, next);
    }

    /** The entry in Redis: the members of the report beside those of the registration. */
    String text(String key) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        if (BodyReader.read(JsonText.of(report)) instanceof Map<?, ?> members) {
            members.forEach((name, value) -> entry.put(String.valueOf(name), value));
        }
        entry.put("key", key);
        entry.put("company_id", company);
        if (ip != null) {
            entry.put("ip", ip);
        }
        entry.put("register_time", registerTime);
        entry.put("register_timeout", registerTimeout);
        entry.put("last_activity_time", lastActivityTime);
        return JsonText.of(entry);
    }

    /** @throws RuntimeException when it is no container */
    @SuppressWarnings("unchecked")
    static Container read(String text) {
        Map<String, @Nullable Object> entry = (Map<String, @Nullable Object>) BodyReader.read(text);
        if (entry == null || !(entry.get("register_timeout") instanceof Number timeout)) {
            throw new IllegalArgumentException("not a container");
        }
        return new Container(
                String.valueOf(entry.get("company_id")),
                entry.get("ip") instanceof String ip ? ip : null,
                WorkerJson.time(String.valueOf(entry.get("register_time"))),
                timeout.intValue(),
                WorkerJson.time(String.valueOf(entry.get("last_activity_time"))),
                RequestBinder.bind(ContainerReport.class, entry));
    }
}
