package clearml.apiserver.tasks;

import clearml.apiserver.call.Caller;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A step from one status to another that is asked for: why, by whom, and what else changes with it. */
final class StatusChange {

    private final TaskStatus target;
    private final String user;
    private final Date now = new Date();
    private boolean forced;
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private final List<Bson> extras = new ArrayList<>();

    private StatusChange(TaskStatus target, String user) {
        this.target = target;
        this.user = user;
        because("", "");
    }

    static StatusChange to(TaskStatus target, Caller caller) {
        return to(target, caller.user());
    }

    static StatusChange to(TaskStatus target, String user) {
        return new StatusChange(target, user);
    }

    /** Reason and message; earlier ones are overwritten, with empty texts when there are none. */
    StatusChange because(@Nullable String reason, @Nullable String message) {
        fields.put("status_reason", reason == null ? "" : reason);
        fields.put("status_message", message == null ? "" : message);
        return this;
    }

    /** Whether the step is taken even if the table of transitions does not have it. */
    StatusChange forced(boolean force) {
        forced = force;
        return this;
    }

    /** Another member that is set; it is answered among the fields. */
    StatusChange set(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    StatusChange setNow(String name) {
        return set(name, now);
    }

    /** Another update, which is not answered. */
    StatusChange also(Bson change) {
        extras.add(change);
        return this;
    }

    StatusChange unset(String... names) {
        for (String name : names) {
            extras.add(Updates.unset(name));
        }
        return this;
    }

    Date time() {
        return now;
    }

    TaskStatus target() {
        return target;
    }

    boolean isForced() {
        return forced;
    }

    /** What is set, as it is answered. */
    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("status", target.text());
        all.putAll(fields);
        all.put("status_changed", now);
        all.put("last_update", now);
        all.put("last_change", now);
        all.put("last_changed_by", user);
        return all;
    }

    Bson changes() {
        List<Bson> changes = new ArrayList<>(extras);
        fields().forEach((name, value) -> changes.add(Updates.set(name, value)));
        if (target == TaskStatus.QUEUED) {
            changes.add(Updates.pull("system_tags", TaskTags.DEVELOPMENT));
        }
        return Updates.combine(changes);
    }
}
