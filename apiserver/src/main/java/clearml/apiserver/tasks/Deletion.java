package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.projects.ProjectReferences;
import clearml.apiserver.queues.TaskQueueLock;
import clearml.apiserver.queues.Unsettled;
import clearml.apiserver.store.elastic.ElasticException;
import clearml.apiserver.tags.TagCache;
import com.mongodb.client.model.Filters;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes tasks, and if asked the steps of pipelines with them. */
@Component
class Deletion {

    private static final String[] NEEDED = {
        "status", "project", "type", "system_tags", "execution.queue", "execution.artifacts", "models"
    };

    private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);

    private final TaskStore store;
    private final Dequeueing dequeueing;
    private final Cleanup cleanup;
    private final TaskTraces traces;
    private final ProjectReferences projects;
    private final TagCache tags;
    private final TaskQueueLock lock;

    Deletion(
            TaskStore store,
            Dequeueing dequeueing,
            Cleanup cleanup,
            TaskTraces traces,
            ProjectReferences projects,
            TagCache tags,
            TaskQueueLock lock) {
        this.store = store;
        this.dequeueing = dequeueing;
        this.cleanup = cleanup;
        this.traces = traces;
        this.projects = projects;
        this.tags = tags;
        this.lock = lock;
    }

    /**
     * A task that was deleted.
     *
     * @param all what became of it and of its steps, by task
     * @param projects where they were; null for none
     * @param withFiles whether files are to be deleted
     */
    record Done(
            Cleanup.Done cleanup, Map<String, Cleanup.Done> all, Set<@Nullable Object> projects, boolean withFiles) {}

    /** Deletes the task; {@link #finish} must follow, once for all that were deleted in a call. */
    Done delete(CleanupApi.Delete request, Caller caller) {
        Document task = store.forWriting(request.task(), caller.company(), NEEDED);
        if (!request.force()) {
            requireDeletable(task);
        }
        boolean withSteps =
                request.includePipelineSteps() && TaskType.CONTROLLER.text().equals(task.get("type"));
        Cleanup.Plan plan = cleanup.plan(task, request.force(), withSteps, caller);
        Map<String, Cleanup.Done> all = new LinkedHashMap<>();
        Set<@Nullable Object> in = new HashSet<>();
        in.add(task.get("project"));
        if (withSteps) {
            for (Document step : steps(task, caller)) {
                Done deleted = delete(request.ofStep(TaskStore.id(step)), caller);
                all.putAll(deleted.all());
                in.addAll(deleted.projects());
            }
        }
        Cleanup.Done done = lock.holding(request.task(), () -> remove(task, plan, request, caller));
        all.put(request.task(), done);
        return new Done(done, all, in, request.deleteExternalArtifacts());
    }

    private Cleanup.Done remove(Document task, Cleanup.Plan plan, CleanupApi.Delete request, Caller caller) {
        List<Unsettled> left = dequeueing.leaveAll(task, caller);
        Cleanup.Done done = cleanup.apply(plan, true, request.deleteOutputModels(), caller);
        if (request.moveToTrash()) {
            store.copyToTrash(request.task());
        }
        store.delete(request.task());
        dequeueing.settled(left);
        return done;
    }

    private static void requireDeletable(Document task) {
        boolean archived = task.get("system_tags") instanceof Collection<?> tags && tags.contains(TaskTags.ARCHIVED);
        TaskStatus status = TaskStatus.of(task);
        if (status != TaskStatus.CREATED && !archived) {
            throw ApiError.TASK_CANNOT_BE_DELETED
                    .of("due to status, use force=True")
                    .with("task", TaskStore.id(task))
                    .with("expected", TaskStatus.CREATED.text())
                    .with("current", status.text());
        }
    }

    private List<Document> steps(Document controller, Caller caller) {
        return store.list(
                Filters.and(Filters.eq("company", caller.company()), Filters.eq("parent", TaskStore.id(controller))),
                "_id");
    }

    /** What follows of deleted tasks: for their projects, for who still refers to them, and for what they left. */
    void finish(List<Done> all, Caller caller, boolean wait) {
        if (all.isEmpty()) {
            return;
        }
        Map<String, Cleanup.Done> cleanups = new LinkedHashMap<>();
        Set<@Nullable Object> in = new HashSet<>();
        all.forEach(done -> {
            cleanups.putAll(done.all());
            in.addAll(done.projects());
        });
        // Who referred to a task while the others were told of its end.
        cleanup.markDeleted(cleanups.keySet(), caller);
        projects.touch(in);
        tags.forget(TagCache.Entity.TASK, caller.company(), in, TaskTags.FIELDS);
        try {
            traces.delete(cleanups, all.stream().anyMatch(Done::withFiles), wait, caller);
        } catch (ElasticException e) {
            // The tasks are gone; nobody can see what is left of them.
            LOG.error("Events of deleted tasks remain: {}", cleanups.keySet(), e);
        }
    }
}
