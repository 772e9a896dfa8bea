package clearml.apiserver.projects;

import clearml.apiserver.projects.ProjectContents.Kind;
import clearml.apiserver.projects.ProjectListRequest.ChildrenType;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the web UI shows of each project of a list: statistics, sub-projects, whether it has contents of its own. */
@Component
class ProjectFacts {

    private static final String DATASET_TAG = ChildrenType.DATASET.tag();

    private final ProjectStore store;
    private final ProjectStats stats;
    private final ProjectContents contents;

    ProjectFacts(ProjectStore store, ProjectStats stats, ProjectContents contents) {
        this.store = store;
        this.stats = stats;
        this.contents = contents;
    }

    /**
     * {@code own_tasks} and {@code own_models}, or {@code own_datasets}: what lies directly in the projects.
     *
     * @param figures what {@link #addStats} found out of the same projects; null if it was not asked for
     */
    void addOwnContents(
            List<Map<String, Object>> rows,
            ProjectListRequest request,
            @Nullable Map<String, TaskFigures> figures,
            String company) {
        StatsFilter filter = request.statsFilter();
        if (request.childrenType() == ChildrenType.DATASET) {
            Map<String, Long> datasets = new HashMap<>();
            datasets(ids(rows), filter, company)
                    .forEach(dataset -> datasets.merge(String.valueOf(dataset.get("parent")), 1L, Long::sum));
            rows.forEach(row -> row.put("own_datasets", datasets.getOrDefault(id(row), 0L)));
            return;
        }
        Map<String, Long> tasks = figures != null && filter.ownIsActive()
                ? totals(figures)
                : counts(Kind.TASK, ids(rows), filter.own(company));
        Map<String, Long> models = counts(Kind.MODEL, ids(rows), filter.own(company));
        rows.forEach(row -> {
            row.put("own_tasks", tasks.getOrDefault(id(row), 0L));
            row.put("own_models", models.getOrDefault(id(row), 0L));
        });
    }

    private static Map<String, Long> totals(Map<String, TaskFigures> figures) {
        Map<String, Long> totals = new HashMap<>();
        figures.forEach((project, sum) -> totals.put(project, sum.total()));
        return totals;
    }

    private Map<String, Long> counts(Kind kind, Collection<String> projects, Bson condition) {
        Map<String, Long> counts = new HashMap<>();
        List<Bson> pipeline = List.of(
                Aggregates.match(Filters.and(Filters.in("project", projects), condition)),
                Aggregates.group("$project", Accumulators.sum("count", 1)));
        aggregate(kind, pipeline)
                .forEach(row -> counts.put(String.valueOf(row.get("_id")), ProjectContents.number(row, "count")));
        return counts;
    }

    private List<Document> datasets(Collection<String> parents, StatsFilter filter, String company) {
        Bson datasets = Filters.and(Filters.eq("system_tags", DATASET_TAG), Filters.in("parent", parents));
        return store.list(Filters.and(datasets, filter.plain(company)), "parent", "tags");
    }

    /**
     * {@code stats} and {@code sub_projects}.
     *
     * @param selected the projects that children must be among; null for any
     * @return the figures of the tasks directly in each of the projects; null where datasets are counted
     */
    @Nullable
    Map<String, TaskFigures> addStats(
            List<Map<String, Object>> rows,
            ProjectListRequest request,
            @Nullable Set<String> selected,
            String company) {
        List<Document> descendants = request.statsWithChildren()
                ? store.list(
                        Filters.and(ProjectContents.visible(company), Filters.in("path", ids(rows))),
                        "name",
                        "path",
                        "system_tags")
                : List.of();
        ProjectTree tree = new ProjectTree(ids(rows), descendants);
        Predicate<Document> counted = project -> (request.withHiddenChildren() || !ProjectTree.isHidden(project))
                && (selected == null || selected.contains(project.getString("_id")));
        Map<String, TaskFigures> figures = null;
        if (request.childrenType() == ChildrenType.DATASET) {
            addDatasetCounts(rows, tree, request.statsFilter(), company);
        } else {
            figures = addTaskFigures(rows, tree, counted, request.statsFilter().active(company));
        }
        rows.forEach(row -> row.put(
                "sub_projects",
                tree.below(id(row), counted).stream().map(ProjectFacts::named).toList()));
        return figures;
    }

    private static Map<String, Object> named(Document project) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("id", project.get("_id"));
        named.put("name", project.get("name"));
        return named;
    }

    private Map<String, TaskFigures> addTaskFigures(
            List<Map<String, Object>> rows, ProjectTree tree, Predicate<Document> counted, Bson tasks) {
        Set<String> projects = new LinkedHashSet<>(ids(rows));
        rows.forEach(row -> tree.below(id(row), counted).forEach(child -> projects.add(child.getString("_id"))));
        Map<String, TaskFigures> figures = stats.of(projects, tasks);
        for (Map<String, Object> row : rows) {
            TaskFigures sum = new TaskFigures();
            sum.add(figures.getOrDefault(id(row), new TaskFigures()));
            tree.below(id(row), counted)
                    .forEach(child -> sum.add(figures.getOrDefault(child.getString("_id"), new TaskFigures())));
            row.put("stats", Map.of("active", sum.answer()));
        }
        return figures;
    }

    private void addDatasetCounts(
            List<Map<String, Object>> rows, ProjectTree tree, StatsFilter filter, String company) {
        Set<String> parents = new LinkedHashSet<>(ids(rows));
        rows.forEach(row -> tree.below(id(row), child -> true).forEach(child -> parents.add(child.getString("_id"))));
        Map<String, List<Document>> byParent = new HashMap<>();
        datasets(parents, filter, company)
                .forEach(dataset -> byParent.computeIfAbsent(dataset.getString("parent"), id -> new ArrayList<>())
                        .add(dataset));
        for (Map<String, Object> row : rows) {
            List<Document> all = new ArrayList<>(byParent.getOrDefault(id(row), List.of()));
            tree.below(id(row), child -> true)
                    .forEach(child -> all.addAll(byParent.getOrDefault(child.getString("_id"), List.of())));
            Set<String> tags = new TreeSet<>();
            all.forEach(dataset ->
                    dataset.getList("tags", Object.class, List.of()).forEach(tag -> tags.add(String.valueOf(tag))));
            Map<String, Object> counts = new LinkedHashMap<>();
            counts.put("count", all.size());
            counts.put("tags", tags);
            row.put("stats", Map.of("datasets", counts));
        }
    }

    /** {@code dataset_stats}: size and number of files of the last version of the dataset, null if there is none. */
    void addDatasetStats(List<Map<String, Object>> rows, String company) {
        List<Bson> pipeline = List.of(
                Aggregates.match(Filters.and(
                        ProjectContents.visible(company),
                        Filters.in("project", ids(rows)),
                        Filters.ne("system_tags", "archived"),
                        Filters.exists("runtime"),
                        Filters.nin("runtime", new Document(), null))),
                Aggregates.sort(Sorts.ascending("last_update")),
                Aggregates.group(
                        "$project",
                        Accumulators.last("file_count", "$runtime.ds_file_count"),
                        Accumulators.last("total_size", "$runtime.ds_total_size")));
        Map<String, Map<String, Object>> byProject = new HashMap<>();
        aggregate(Kind.TASK, pipeline).forEach(row -> {
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("file_count", row.get("file_count") == null ? 0 : row.get("file_count"));
            found.put("total_size", row.get("total_size") == null ? 0 : row.get("total_size"));
            byProject.put(String.valueOf(row.get("_id")), found);
        });
        rows.forEach(row -> put(row, "dataset_stats", byProject.get(id(row))));
    }

    @SuppressWarnings("NullAway") // a member of an answer may be null
    private static void put(Map<String, Object> row, String name, @Nullable Object value) {
        row.put(name, value);
    }

    private List<Document> aggregate(Kind kind, List<Bson> pipeline) {
        return contents.of(kind).aggregate(pipeline).allowDiskUse(true).into(new ArrayList<>());
    }

    private static List<String> ids(List<Map<String, Object>> rows) {
        return rows.stream().map(ProjectFacts::id).toList();
    }

    private static String id(Map<String, Object> row) {
        return String.valueOf(row.get("id"));
    }
}
