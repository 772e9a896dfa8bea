package clearml.apiserver.tasks;

import clearml.apiserver.call.Caller;
import clearml.apiserver.deletion.FilesToDelete;
import clearml.apiserver.events.EventDeletion;
import clearml.apiserver.events.EventFiles;
import clearml.apiserver.models.ModelTasks;
import clearml.apiserver.models.TaskOutputs;
import clearml.apiserver.projects.ContentsDeletion;
import clearml.apiserver.queues.QueueEntries;
import clearml.apiserver.store.elastic.ElasticException;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes the models and tasks of projects that are deleted, whatever their status. */
@Component
class ContentsOfProjects implements ContentsDeletion {

    private static final Logger LOG = LoggerFactory.getLogger(ContentsOfProjects.class);
    private static final int AT_ONCE = 500;

    private final TaskStore store;
    private final ModelTasks modelTasks;
    private final TaskOutputs models;
    private final Cleanup cleanup;
    private final QueueEntries queues;
    private final EventDeletion events;
    private final EventFiles eventFiles;
    private final FilesToDelete files;

    ContentsOfProjects(
            TaskStore store,
            ModelTasks modelTasks,
            TaskOutputs models,
            Cleanup cleanup,
            QueueEntries queues,
            EventDeletion events,
            EventFiles eventFiles,
            FilesToDelete files) {
        this.store = store;
        this.modelTasks = modelTasks;
        this.models = models;
        this.cleanup = cleanup;
        this.queues = queues;
        this.events = events;
        this.eventFiles = eventFiles;
        this.files = files;
    }

    @Override
    public Deleted delete(Collection<String> projects, String owner, boolean withFiles, Caller caller) {
        Set<String> modelUrls = new LinkedHashSet<>();
        List<String> gone = new ArrayList<>();
        List<Document> ownModels = models.inProjects(projects);
        chunks(ownModels, chunk -> deleteModels(chunk, modelUrls));
        ownModels.forEach(model -> gone.add(TaskStore.id(model)));
        Set<String> artifactUrls = new LinkedHashSet<>();
        List<Document> ownTasks = store.list(Filters.in("project", projects), "execution.artifacts");
        chunks(ownTasks, chunk -> deleteTasks(chunk, artifactUrls, caller));
        chunks(ownModels, chunk -> modelTasks.forget(ids(chunk), caller));
        ownTasks.forEach(task -> gone.add(TaskStore.id(task)));
        boolean scheduled = withFiles && files.isEnabled();
        if (scheduled) {
            files.scheduleWithFolders(modelUrls, owner, caller);
            files.scheduleWithFolders(artifactUrls, owner, caller);
        }
        forgetEvents(gone, owner, scheduled, caller);
        return new Deleted(
                ownTasks.size(), ownModels.size(), left(modelUrls, scheduled), left(artifactUrls, scheduled));
    }

    private static <T> void chunks(List<T> all, Consumer<List<T>> work) {
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            work.accept(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
    }

    private List<String> left(Set<String> urls, boolean scheduled) {
        return urls.stream().filter(url -> !scheduled || !files.canDelete(url)).toList();
    }

    private void deleteModels(List<Document> chunk, Set<String> urls) {
        models.delete(ids(chunk));
        chunk.forEach(model -> {
            if (model.get("uri") instanceof String uri && !uri.isEmpty()) {
                urls.add(uri);
            }
        });
    }

    private void deleteTasks(List<Document> chunk, Set<String> urls, Caller caller) {
        List<String> ids = ids(chunk);
        store.deleteAll(ids);
        cleanup.markDeleted(ids, caller);
        // Whatever their status: workers may have reported on tasks that are still queued.
        queues.removeFromAll(ids, caller.company());
        for (Document task : chunk) {
            urls.addAll(Artifacts.outputUrls(task));
        }
    }

    /** Whatever fails here is no reason to tell that the tasks and models are still there. */
    private void forgetEvents(List<String> gone, String owner, boolean scheduled, Caller caller) {
        try {
            if (scheduled) {
                files.scheduleWithFolders(eventFiles.urls(caller.company(), gone), owner, caller);
            }
        } catch (ElasticException e) {
            LOG.error("Files of the events of the deleted project {} remain", owner, e);
        }
        try {
            events.deleteLater(caller.company(), gone);
        } catch (ElasticException e) {
            LOG.error("Events of {} tasks and models of the deleted project {} remain", gone.size(), owner, e);
        }
    }

    private static List<String> ids(List<Document> documents) {
        return documents.stream().map(TaskStore::id).toList();
    }
}
