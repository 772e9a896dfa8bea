package clearml.apiserver.models;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.deletion.FilesToDelete;
import clearml.apiserver.events.EventDeletion;
import clearml.apiserver.events.EventFiles;
import clearml.apiserver.store.elastic.ElasticException;
import clearml.apiserver.tags.TagCache;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes models that nobody needs, or all the same when forced. */
@Component
class ModelDeletion {

    private static final Logger LOG = LoggerFactory.getLogger(ModelDeletion.class);

    private final ModelStore store;
    private final ModelTasks tasks;
    private final EventDeletion events;
    private final EventFiles eventFiles;
    private final FilesToDelete files;
    private final TagCache tagCache;

    ModelDeletion(
            ModelStore store,
            ModelTasks tasks,
            EventDeletion events,
            EventFiles eventFiles,
            FilesToDelete files,
            TagCache tagCache) {
        this.store = store;
        this.tasks = tasks;
        this.events = events;
        this.eventFiles = eventFiles;
        this.files = files;
        this.tagCache = tagCache;
    }

    /**
     * Deletes a model: {@code {"deleted", "url"}}.
     *
     * @param externalArtifacts whether the files that it names are to be deleted by the server
     * @param wait whether its events are gone when this returns
     * @throws clearml.apiserver.call.ApiException 400/201, 400/205, 400/206
     */
    Map<String, Object> delete(String id, boolean force, boolean externalArtifacts, boolean wait, Caller caller) {
        Document model = store.own(id, caller.company());
        String task = model.getString("task");
        if (!force) {
            refuseUsed(id, task);
        }
        if (!store.delete(id, caller.company())) {
            throw ModelStore.unknown(id, caller.company());
        }
        tasks.forget(List.of(id), caller);
        forgetTraces(model, externalArtifacts, wait, caller);
        tagCache.forget(
                TagCache.Entity.MODEL,
                caller.company(),
                Arrays.asList(model.get("project")),
                List.of("tags", "system_tags"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("deleted", true);
        String uri = model.getString("uri");
        if (uri != null) {
            answer.put("url", uri);
        }
        return answer;
    }

    private void forgetTraces(Document model, boolean externalArtifacts, boolean wait, Caller caller) {
        String id = model.getString("_id");
        String uri = model.getString("uri");
        if (externalArtifacts && uri != null) {
            files.schedule(List.of(uri), FilesToDelete.Type.FILE, id, caller);
        }
        try {
            if (externalArtifacts && files.isEnabled()) {
                files.schedule(eventFiles.urls(caller.company(), List.of(id)), FilesToDelete.Type.FILE, id, caller);
            }
        } catch (ElasticException e) {
            LOG.warn("Files of the events of the deleted model {} are left behind", id, e);
        }
        try {
            if (wait) {
                events.delete(caller.company(), List.of(id));
            } else {
                events.deleteLater(caller.company(), List.of(id));
            }
        } catch (ElasticException e) {
            // The model is gone, which is what its user wants to hear.
            LOG.warn("Events of the deleted model {} are left behind", id, e);
        }
    }

    private void refuseUsed(String id, @Nullable String task) {
        long users = tasks.countUsers(id);
        if (users > 0) {
            throw ApiError.MODEL_IN_USE
                    .of("as execution model, use force=True to delete")
                    .with("num_tasks", users);
        }
        if (task != null && tasks.isPublished(task)) {
            throw ApiError.MODEL_CREATING_TASK_EXISTS
                    .of("and published, use force=True to delete")
                    .with("task", task);
        }
    }
}
