package clearml.apiserver.tasks;

import clearml.apiserver.call.Caller;
import clearml.apiserver.deletion.FilesToDelete;
import clearml.apiserver.events.EventDeletion;
import clearml.apiserver.events.EventFiles;
import clearml.apiserver.store.elastic.ElasticException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What tasks leave outside of MongoDB when they are reset or deleted: events, and files. */
@Component
class TaskTraces {

    private static final Logger LOG = LoggerFactory.getLogger(TaskTraces.class);

    private final EventDeletion events;
    private final EventFiles eventFiles;
    private final FilesToDelete files;

    TaskTraces(EventDeletion events, EventFiles eventFiles, FilesToDelete files) {
        this.events = events;
        this.eventFiles = eventFiles;
        this.files = files;
    }

    /**
     * Deletes the events of tasks and of the models that were deleted with them, and schedules their files.
     *
     * @param cleanups by task
     * @param withFiles whether files are to be deleted by the server
     * @param wait whether the events must be gone when this returns
     */
    void delete(Map<String, Cleanup.Done> cleanups, boolean withFiles, boolean wait, Caller caller) {
        if (cleanups.isEmpty()) {
            return;
        }
        List<String> owners = new ArrayList<>(cleanups.keySet());
        cleanups.values().forEach(cleanup -> owners.addAll(cleanup.deletedModels()));
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
