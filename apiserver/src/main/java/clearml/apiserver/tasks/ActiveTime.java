package clearml.apiserver.tasks;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Date;
import org.bson.Document;
import org.bson.conversions.Bson;

/** How long a running task has been active, in whole seconds since it was started. */
final class ActiveTime {

    private static final long MILLIS = 1000;

    private ActiveTime() {}

    /**
     * Notes the active time of a task that was read with {@code status} and {@code started}, if it still runs since
     * then.
     */
    static void note(TaskStore store, Bson task, Document read, Date now) {
        if (TaskStatus.of(read) == TaskStatus.IN_PROGRESS && read.get("started") instanceof Date started) {
            Bson sameRun = Filters.and(
                    task, Filters.eq("status", TaskStatus.IN_PROGRESS.text()), Filters.eq("started", started));
            store.update(sameRun, Updates.set("active_duration", (int) ((now.getTime() - started.getTime()) / MILLIS)));
        }
    }
}
