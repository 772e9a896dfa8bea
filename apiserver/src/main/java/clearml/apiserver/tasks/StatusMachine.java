package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.projects.ProjectReferences;
import com.mongodb.client.model.Filters;
import java.util.Collections;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/**
 * Takes tasks from one status to another: one update on the condition that the status is still the one that was decided
 * upon, so that of two who change it at once one learns that it has changed.
 */
@Component
class StatusMachine {

    private final TaskStore store;
    private final ProjectReferences projects;

    StatusMachine(TaskStore store, ProjectReferences projects) {
        this.store = store;
        this.projects = projects;
    }

    /**
     * Applies a change to a task that was read with {@code status} and {@code project}.
     *
     * @throws clearml.apiserver.call.ApiException 400/110 when it may not follow, 400/121 when the status is another
     *     by now
     */
    Updated apply(StatusChange change, Document task) {
        TaskStatus current = TaskStatus.of(task);
        if (!change.isForced()) {
            require(current, change.target());
        }
        Bson unchanged = Filters.and(Filters.eq("_id", TaskStore.id(task)), Filters.eq("status", task.get("status")));
        if (store.update(unchanged, change.changes()) == 0) {
            throw ApiError.FAILED_CHANGING_TASK_STATUS
                    .with("task_id", TaskStore.id(task))
                    .with("current_status", current.text())
                    .with("new_status", change.target().text());
        }
        projects.touch(Collections.singletonList(task.get("project")));
        return new Updated(1, change.fields());
    }

    /** 400/110 when one status may not follow the other. */
    static void require(TaskStatus current, TaskStatus next) {
        if (!current.mayBeFollowedBy(next)) {
            throw ApiError.INVALID_TASK_STATUS
                    .of("Invalid status change")
                    .with("current_status", current.text())
                    .with("new_status", next.text());
        }
    }
}
