package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.models.TaskOutputs;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What has to happen to children and models of a task that is reset or deleted. */
@Component
class Cleanup {

    private final TaskStore store;
    private final TaskOutputs outputs;

    Cleanup(TaskStore store, TaskOutputs outputs) {
        this.store = store;
        this.outputs = outputs;
    }

    /**
     * What is to be done, found out before anything is changed.
     *
     * @param drafts models that are not published and that no task uses
     * @param used models that are not published, but tasks use them
     * @param ready published models
     * @param artifactUrls files of artifacts
     */
    record Plan(
            String task, List<Document> drafts, List<Document> used, List<Document> ready, Set<String> artifactUrls) {

        Set<String> modelUrls() {
            Set<String> urls = new LinkedHashSet<>();
            drafts.forEach(model -> {
                if (model.get("uri") instanceof String uri && !uri.isEmpty()) {
                    urls.add(uri);
                }
            });
            return urls;
        }
    }

    /**
     * What was done.
     *
     * @param deletedModels their ids
     * @param deletedFiles files of what is gone
     * @param urls as answered: {@code {"model_urls", "artifact_urls", "event_urls"}}
     */
    record Done(
            long updatedChildren,
            long updatedModels,
            List<String> deletedModels,
            Set<String> deletedFiles,
            Map<String, Object> urls) {}

    /**
     * 400/123 when, without force, children or models of the task are published.
     *
     * @param withChildren whether the children go too, so that they are in nobody's way
     */
    Plan plan(Document task, boolean force, boolean withChildren, Caller caller) {
        String id = TaskStore.id(task);
        List<Document> made = outputs.of(id, outputIds(task), caller.company());
        List<Document> ready = made.stream().filter(Cleanup::isReady).toList();
        if (!force) {
            if (!withChildren) {
                requireNoPublishedChildren(id);
            }
            requireNothingPublished(id, ready);
        }
        List<Document> drafts = new ArrayList<>();
        List<Document> used = new ArrayList<>();
        Set<String> inUse = usedAmong(made.stream().map(TaskStore::id).toList());
        for (Document model : made) {
            if (!isReady(model)) {
                (inUse.contains(TaskStore.id(model)) ? used : drafts).add(model);
            }
        }
        return new Plan(id, drafts, used, ready, Artifacts.outputUrls(task));
    }

    private void requireNoPublishedChildren(String task) {
        long children =
                store.count(Filters.and(Filters.eq("parent", task), Filters.eq("status", TaskStatus.PUBLISHED.text())));
        if (children > 0) {
            throw ApiError.TASK_CANNOT_BE_DELETED
                    .of("has children, use force=True")
                    .with("task", task)
                    .with("children", children);
        }
    }

    private static void requireNothingPublished(String task, List<Document> ready) {
        long own =
                ready.stream().filter(model -> task.equals(model.get("task"))).count();
        if (own > 0) {
            throw ApiError.TASK_CANNOT_BE_DELETED
                    .of("has output models, use force=True")
                    .with("task", task)
                    .with("models", own);
        }
        if (!ready.isEmpty()) {
            throw ApiError.TASK_CANNOT_BE_DELETED
                    .of("has output model, use force=True")
                    .with("task", task)
                    .with("model", TaskStore.id(ready.get(0)));
        }
    }

    private static boolean isReady(Document model) {
        return Boolean.TRUE.equals(model.get("ready"));
    }

    private static List<String> outputIds(Document task) {
        List<String> ids = new ArrayList<>();
        if (task.get("models") instanceof Map<?, ?> models && models.get("output") instanceof List<?> output) {
            for (Object item : output) {
                if (item instanceof Map<?, ?> model && model.get("model") instanceof String id) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private Set<String> usedAmong(List<String> models) {
        Set<String> used = new LinkedHashSet<>();
        if (!models.isEmpty()) {
            for (Document task : store.list(Filters.in("models.input.model", models), "models.input.model")) {
                if (task.get("models") instanceof Document lists && lists.get("input") instanceof List<?> input) {
                    input.forEach(item -> used.add(String.valueOf(((Document) item).get("model"))));
                }
            }
        }
        return used;
    }

    /**
     * Does what was planned.
     *
     * @param deletes whether the task goes; models and children remember its id then
     * @param withModels whether models that nobody needs are deleted
     */
    Done apply(Plan plan, boolean deletes, boolean withModels, Caller caller) {
        String left = deletes ? TaskCreation.DELETED_PREFIX + plan.task() : null;
        long children = deletes ? markChildren(plan.task(), left, caller) : 0;
        List<Document> deleted = withModels ? plan.drafts() : List.of();
        List<Document> kept = new ArrayList<>(plan.ready());
        if (!withModels) {
            kept.addAll(plan.drafts());
            kept.addAll(plan.used());
        }
        List<String> deletedIds = ids(deleted);
        outputs.delete(deletedIds);
        if (withModels) {
            outputs.setTask(ids(plan.used()), plan.task(), null, caller.user());
        }
        long updated = outputs.setTask(ids(kept), plan.task(), left, caller.user());
        Map<String, Object> urls = new LinkedHashMap<>();
        urls.put("model_urls", plan.modelUrls());
        urls.put("artifact_urls", plan.artifactUrls());
        urls.put("event_urls", List.of());
        Set<String> files = new LinkedHashSet<>(plan.artifactUrls());
        if (withModels) {
            // Files of models that stay must stay too.
            files.addAll(plan.modelUrls());
        }
        return new Done(children, deletes ? updated : 0, deletedIds, files, urls);
    }

    /** Children and models of tasks that are gone remember their ids. Hardly any do still refer to them. */
    void markDeleted(Collection<String> tasks, Caller caller) {
        for (String task : store.parentsAmong(tasks)) {
            markChildren(task, TaskCreation.DELETED_PREFIX + task, caller);
        }
        for (String task : outputs.makersAmong(tasks)) {
            outputs.setTask(task, TaskCreation.DELETED_PREFIX + task, caller.user());
        }
    }

    private long markChildren(String task, @Nullable String left, Caller caller) {
        List<Bson> updates = GatedChanges.touch(caller, new Date());
        updates.add(Updates.set("parent", left));
        return store.updateMany(Filters.eq("parent", task), Updates.combine(updates));
    }

    private static List<String> ids(List<Document> models) {
        return models.stream().map(TaskStore::id).toList();
    }
}
