package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The states of a task, and which may follow which unless a request forces it. */
enum TaskStatus {
    CREATED,
    QUEUED,
    IN_PROGRESS,
    STOPPED,
    PUBLISHING,
    PUBLISHED,
    CLOSED,
    FAILED,
    COMPLETED,
    UNKNOWN;

    /** Every state but {@link #UNKNOWN} may also follow itself. */
    private static final Map<TaskStatus, Set<TaskStatus>> FOLLOWERS = new EnumMap<>(Map.of(
            CREATED, EnumSet.of(QUEUED, IN_PROGRESS),
            QUEUED, EnumSet.of(CREATED, IN_PROGRESS, STOPPED),
            IN_PROGRESS, EnumSet.of(CREATED, STOPPED, FAILED, COMPLETED),
            STOPPED, EnumSet.of(CREATED, QUEUED, IN_PROGRESS, FAILED, COMPLETED, CLOSED, PUBLISHING, PUBLISHED),
            CLOSED, EnumSet.of(CREATED, STOPPED, FAILED, PUBLISHING, PUBLISHED),
            FAILED, EnumSet.of(CREATED, QUEUED, STOPPED, PUBLISHED),
            COMPLETED, EnumSet.of(CREATED, IN_PROGRESS, PUBLISHED),
            PUBLISHING, EnumSet.of(PUBLISHED),
            PUBLISHED, EnumSet.noneOf(TaskStatus.class)));

    /** The value in documents and on the wire. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a stored task; one that was never set is {@link #CREATED}. */
    static TaskStatus of(Document task) {
        Object text = task.get("status");
        TaskStatus status = text == null ? CREATED : byText(text);
        return status == null ? UNKNOWN : status;
    }

    /** Null when there is no such state. */
    static @Nullable TaskStatus byText(@Nullable Object text) {
        for (TaskStatus status : values()) {
            if (status.text().equals(text)) {
                return status;
            }
        }
        return null;
    }

    /** Whether the other may follow this one. 500/1 for a state that nothing is known about. */
    boolean mayBeFollowedBy(TaskStatus other) {
        Set<TaskStatus> followers = FOLLOWERS.get(this);
        if (followers == null) {
            throw ApiError.INTERNAL_ERROR.of("nothing may follow the status").with("status", text());
        }
        return other == this || followers.contains(other);
    }
}
