package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Changes of parts of a task that are allowed in some statuses only, each one conditional update. */
@Component
class GatedChanges {

    /** In which statuses a change is allowed. */
    enum Gate {
        DRAFT(TaskStatus.CREATED),
        /** What force opens; stopped, failed, completed and published tasks stay closed. */
        UNFINISHED(TaskStatus.CREATED, TaskStatus.QUEUED, TaskStatus.IN_PROGRESS),
        ANY;

        private final List<String> statuses;

        Gate(TaskStatus... statuses) {
            this.statuses = Arrays.stream(statuses).map(TaskStatus::text).toList();
        }

        static Gate forced(boolean force) {
            return force ? UNFINISHED : DRAFT;
        }

        boolean admits(Document task) {
            return this == ANY || statuses.contains(TaskStatus.of(task).text());
        }
    }

    private static final int TRIES = 20;

    private final TaskStore store;

    GatedChanges(TaskStore store) {
        this.store = store;
    }

    /** The task, for the company alone, in a status that the gate admits. */
    Bson condition(String id, Caller caller, Gate gate) {
        Bson own = Filters.and(Filters.eq("_id", id), Filters.eq("company", caller.company()));
        if (gate == Gate.ANY) {
            return own;
        }
        List<Object> statuses = new ArrayList<>(gate.statuses);
        statuses.add(null);
        return Filters.and(own, Filters.in("status", statuses));
    }

    /**
     * Applies updates and answers how many tasks matched.
     *
     * @throws clearml.apiserver.call.ApiException 400/101, 403/21, and 400/110 when the status does not allow it
     */
    long apply(String id, Caller caller, Gate gate, Collection<Bson> changes) {
        Bson together = Updates.combine(List.copyOf(changes));
        write(id, caller, gate, () -> store.update(condition(id, caller, gate), together) > 0);
        return 1;
    }

    /**
     * Makes a conditional write until it finds the task as it needs it: somebody may change the task between what a call
     * reads and what it writes.
     *
     * @param attempt answers whether it has written
     * @throws clearml.apiserver.call.ApiException as {@link #apply}, and 500/110 when others were faster all the time
     */
    void write(String id, Caller caller, Gate gate, BooleanSupplier attempt) {
        for (int i = 0; i < TRIES; i++) {
            if (attempt.getAsBoolean()) {
                return;
            }
            require(id, caller, gate);
        }
        throw ApiError.UPDATE_FAILED.with("task", id);
    }

    /** The members of a task that may be changed. */
    Document require(String id, Caller caller, Gate gate, String... members) {
        String[] needed = Arrays.copyOf(members, members.length + 1);
        needed[members.length] = "status";
        Document task = store.forWriting(id, caller.company(), needed);
        if (!gate.admits(task)) {
            throw ApiError.INVALID_TASK_STATUS
                    .with("expected", TaskStatus.CREATED.text())
                    .with("status", TaskStatus.of(task).text());
        }
        return task;
    }

    /** Marks of a change that counts as work on the task. */
    static List<Bson> work(Caller caller, Date now) {
        List<Bson> marks = touch(caller, now);
        marks.add(Updates.set("last_update", now));
        return marks;
    }

    /** Marks of any change. */
    static List<Bson> touch(Caller caller, Date now) {
        List<Bson> marks = new ArrayList<>();
        marks.add(Updates.set("last_change", now));
        marks.add(Updates.set("last_changed_by", caller.user()));
        return marks;
    }
}
