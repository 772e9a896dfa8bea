package clearml.apiserver.tasks;

import clearml.apiserver.call.Caller;
import clearml.apiserver.deletion.FilesToDelete;
import clearml.apiserver.events.EventDeletion;
import clearml.apiserver.events.EventFiles;
import clearml.apiserver.models.ModelTasks;
import clearml.apiserver.store.elastic.ElasticException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What tasks leave elsewhere when they are reset or deleted: events, files, and models that other tasks know. */
@Component
class TaskTraces {

    private static final Logger LOG = LoggerFactory.getLogger(TaskTraces.class);

    private final EventDeletion events;
    private final EventFiles eventFiles;
    private final FilesToDelete files;
    private final ModelTasks modelTasks;

    TaskTraces(EventDeletion events, EventFiles eventFiles, FilesToDelete files, ModelTasks modelTasks) {
        this.events = events;
        this.eventFiles = eventFiles;
        this.files = files;
        this.modelTasks = modelTasks;
    }

    /**
     * Deletes the events of tasks and of the models that were deleted with them, and schedules their files; other tasks
     * are told of these models.
     *
     * @param cleanups by task
     * @param withFiles whether files are to be deleted by the server
     * @param wait whether the events must be gone when this returns
     */
    void delete(Map<String, Cleanup.Done> cleanups, boolean withFiles, boolean wait, Caller caller) {
        if (cleanups.isEmpty()) {
            return;
        }
        List<String> deletedModels = cleanups.values().stream()
                .flatMap(cleanup -> cleanup.deletedModels().stream())
                .toList();
        modelTasks.forget(deletedModels, caller);
        List<String> owners = new ArrayList<>(cleanups.keySet());
        owners.addAll(deletedModels);
        if (withFiles && files.isEnabled()) {
            cleanups.forEach(
                    (task, cleanup) -> files.schedule(cleanup.deletedFiles(), FilesToDelete.Type.FILE, task, caller));
            files.schedule(eventFiles(owners, caller), FilesToDelete.Type.FILE, owners.get(0), caller);
        }
        if (wait) {
            events.delete(caller.company(), owners);
        } else {
            events.deleteLater(caller.company(), owners);
        }
    }

    /** Files that are not found now are never deleted, but events must go all the same. */
    private Set<String> eventFiles(List<String> owners, Caller caller) {
        try {
            return eventFiles.urls(caller.company(), owners);
        } catch (ElasticException e) {
            LOG.error("Files of the events of {} remain", owners, e);
            return Set.of();
        }
    }
}
