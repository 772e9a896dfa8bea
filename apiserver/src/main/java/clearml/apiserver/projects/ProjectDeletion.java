package clearml.apiserver.projects;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.projects.ProjectContents.Kind;
import clearml.apiserver.projects.ProjectListRequest.ChildrenType;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Deletes projects with all below them, and what lies in them if wanted. */
@Component
class ProjectDeletion {

    private static final Bson NOT_ARCHIVED = Filters.ne("system_tags", "archived");
    /** Archived too: nothing tells a program that its task is gone. */
    private static final Bson RUNNING = Filters.eq("status", "in_progress");

    private static final Bson REPORT = Filters.eq("system_tags", "reports");
    private static final Bson NO_REPORT = Filters.ne("system_tags", "reports");
    private static final Bson CONTROLLER = Filters.eq("type", "controller");

    private final ProjectStore store;
    private final ProjectTreeLock lock;
    private final ProjectMoving moving;
    private final ProjectContents contents;
    private final ContentsDeletion contentsDeletion;
    private final ProjectReferences references;
    private final ProjectTagNews tagNews;

    ProjectDeletion(
            ProjectStore store,
            ProjectTreeLock lock,
            ProjectMoving moving,
            ProjectContents contents,
            ContentsDeletion contentsDeletion,
            ProjectReferences references,
            ProjectTagNews tagNews) {
        this.store = store;
        this.lock = lock;
        this.moving = moving;
        this.contents = contents;
        this.contentsDeletion = contentsDeletion;
        this.references = references;
        this.tagNews = tagNews;
    }

    /** A project and all below it, by what they are. */
    private record Family(List<String> all, List<String> pipelines, List<String> datasets, List<String> regular) {

        static Family of(Document project, List<Document> descendants) {
            Family family = new Family(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            family.add(project);
            descendants.forEach(family::add);
            return family;
        }

        private void add(Document project) {
            String id = project.getString("_id");
            all.add(id);
            if (is(project, ChildrenType.PIPELINE)) {
                pipelines.add(id);
            } else if (is(project, ChildrenType.DATASET)) {
                datasets.add(id);
            } else {
                regular.add(id);
            }
        }

        private static boolean is(Document project, ChildrenType type) {
            return project.getList("system_tags", Object.class, List.of()).contains(type.tag())
                    && !type.container().equals(project.get("basename"));
        }
    }

    private Family family(String id, String company) {
        return Family.of(moving.writable(id, company), store.descendants(id));
    }

    /** What lies in a project, by kind, and how much of it is in use; 400/401, 403/21. */
    Map<String, Object> contentsOf(String id, String company) {
        Family family = family(id, company);
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("pipelines", projectsWith(family.pipelines(), Filters.and(CONTROLLER, NOT_ARCHIVED)));
        counts.put("datasets", projectsWith(family.datasets(), NOT_ARCHIVED));
        counts.put("tasks", count(Kind.TASK, family.regular(), NO_REPORT));
        counts.put("non_archived_tasks", count(Kind.TASK, family.regular(), Filters.and(NO_REPORT, NOT_ARCHIVED)));
        counts.put("models", count(Kind.MODEL, family.regular(), Filters.empty()));
        counts.put("non_archived_models", count(Kind.MODEL, family.regular(), NOT_ARCHIVED));
        counts.put("reports", count(Kind.TASK, family.regular(), REPORT));
        counts.put("non_archived_reports", count(Kind.TASK, family.regular(), Filters.and(REPORT, NOT_ARCHIVED)));
        return counts;
    }

    private long projectsWith(List<String> projects, Bson tasks) {
        return ProjectContents.texts(
                        contents.of(Kind.TASK), "project", Filters.and(Filters.in("project", projects), tasks))
                .size();
    }

    private long count(Kind kind, List<String> projects, Bson condition) {
        return contents.of(kind).countDocuments(Filters.and(Filters.in("project", projects), condition));
    }

    /**
     * Deletes a project and all below it.
     *
     * @param withContents whether tasks and models are deleted too; they lie in no project afterwards otherwise
     * @param files whether the server deletes the files of what is gone
     * @throws clearml.apiserver.call.ApiException 400/401, 403/21, and unless forced 400/402, 400/405, 400/406 and
     *     400/413 for contents that are not archived, and 400/402 for tasks that would be deleted while they run
     */
    Map<String, Object> delete(String id, boolean force, boolean withContents, boolean files, Caller caller) {
        return lock.holding(caller, () -> deleteAlone(id, force, withContents, files, caller));
    }

    private Map<String, Object> deleteAlone(
            String id, boolean force, boolean withContents, boolean files, Caller caller) {
        Document project = moving.writable(id, caller.company());
        Family family = Family.of(project, store.descendants(id));
        if (!force) {
            refuseInUse(id, family);
            if (withContents && count(Kind.TASK, family.all(), RUNNING) > 0) {
                throw ApiError.PROJECT_HAS_TASKS
                        .of("some of them are running: stop them or use force=true")
                        .with("id", id);
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        if (withContents) {
            ContentsDeletion.Deleted deleted = contentsDeletion.delete(family.all(), id, files, caller);
            fill(answer, 0, deleted.models(), deleted.tasks(), urls(deleted));
        } else {
            fill(answer, release(family.all()), 0, 0, null);
        }
        answer.put("deleted", store.delete(family.all(), caller.company()));
        // What came into the projects while the rest was seen to.
        release(family.all());
        Object parent = project.get("parent");
        List<@Nullable Object> changed = new ArrayList<>(family.all());
        changed.add(parent);
        // Not before: who asks meanwhile would remember the tags of what is about to go.
        tagNews.tell(changed, caller.company());
        references.touch(Collections.singletonList(parent));
        return answer;
    }

    private void refuseInUse(String id, Family family) {
        if (projectsWith(family.pipelines(), Filters.and(CONTROLLER, NOT_ARCHIVED)) > 0) {
            throw ApiError.PROJECT_HAS_PIPELINES
                    .of("please archive all the controllers or use force=true")
                    .with("id", id);
        }
        if (projectsWith(family.datasets(), NOT_ARCHIVED) > 0) {
            throw ApiError.PROJECT_HAS_DATASETS
                    .of("please delete all the dataset versions or use force=true")
                    .with("id", id);
        }
        if (count(Kind.TASK, family.regular(), NOT_ARCHIVED) > 0) {
            throw ApiError.PROJECT_HAS_TASKS.of("use force=true").with("id", id);
        }
        if (count(Kind.MODEL, family.regular(), NOT_ARCHIVED) > 0) {
            throw ApiError.PROJECT_HAS_MODELS.of("use force=true").with("id", id);
        }
    }

    /** Leaves tasks and models without a project; the number of tasks. */
    private long release(List<String> projects) {
        Bson inside = Filters.in("project", projects);
        contents.of(Kind.MODEL).updateMany(inside, Updates.set("project", null));
        return contents.of(Kind.TASK)
                .updateMany(inside, Updates.set("project", null))
                .getMatchedCount();
    }

    private static Map<String, Object> urls(ContentsDeletion.Deleted deleted) {
        Map<String, Object> urls = new LinkedHashMap<>();
        urls.put("model_urls", deleted.modelUrls());
        urls.put("artifact_urls", deleted.artifactUrls());
        urls.put("event_urls", List.of());
        return urls;
    }

    @SuppressWarnings("NullAway") // urls are null where nothing was deleted
    private static void fill(
            Map<String, Object> answer, long released, long models, long tasks, @Nullable Map<String, Object> urls) {
        answer.put("disassociated_tasks", released);
        answer.put("deleted_models", models);
        answer.put("deleted_tasks", tasks);
        answer.put("urls", urls);
    }
}
