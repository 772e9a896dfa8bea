package clearml.apiserver.organization;

import clearml.apiserver.projects.ProjectGroups;
import clearml.apiserver.query.EntityModel;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.entities.Entities;
import clearml.apiserver.tasks.TaskRuns;
import clearml.config.ServerConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sums up when tasks have run. */
@Component
class ProjectUsages {

    private static final String SETTINGS = "services.organization.project_usages.";

    private final ProjectGroups projects;
    private final TaskRuns runs;
    private final EntityQueries queries;
    private final ServerConfig config;

    ProjectUsages(ProjectGroups projects, TaskRuns runs, EntityQueries queries, ServerConfig config) {
        this.projects = projects;
        this.runs = runs;
        this.queries = queries;
        this.config = config;
    }

    Map<String, Object> sum(UsagesApi.Request request, String company) {
        UsageDays days = UsageDays.of(request.fromDate(), request.toDate());
        Map<String, ProjectGroups.Group> groups = projects.of(request.projects(), company);
        QueueMachines queues =
                new QueueMachines(all(Entities.QUEUE, Map.of("only_fields", QueueMachines.FIELDS), company), config);
        long now = System.currentTimeMillis();
        Map<UsagesApi.Breakdown, Map<@Nullable String, UsageRow>> rows = new EnumMap<>(UsagesApi.Breakdown.class);
        for (UsagesApi.Breakdown by : breakdowns(request)) {
            rows.put(by, new HashMap<>());
        }
        runs.forEach(query(request, days, groups.keySet(), company), run -> {
            long end = run.end() == null ? now : run.end().getTime();
            long[] parts = days.split(run.start().getTime(), end);
            rows.forEach((by, sums) -> sums.computeIfAbsent(key(by, run, groups, queues), id -> new UsageRow(id, days))
                    .add(parts, queues.weight(run.queue())));
        });
        Map<String, Object> answer = new LinkedHashMap<>();
        rows.forEach((by, sums) ->
                answer.put(by.member(), tables(sums, names(by, sums.keySet(), groups, queues, company), request)));
        return answer;
    }

    private static List<UsagesApi.Breakdown> breakdowns(UsagesApi.Request request) {
        return request.breakdownKeys().isEmpty() ? List.of(UsagesApi.Breakdown.values()) : request.breakdownKeys();
    }

    private TaskRuns.Query query(
            UsagesApi.Request request, UsageDays days, Collection<String> inProjects, String company) {
        List<String> excluded = new ArrayList<>(config.strings(SETTINGS + "excluded_task_tags"));
        if (!request.includeDevelopment()) {
            excluded.add("development");
        }
        return new TaskRuns.Query(
                company,
                inProjects,
                days.from(),
                days.to(),
                !request.includeDevelopment() && config.bool(SETTINGS + "exclude_tasks_without_queue"),
                !config.bool(SETTINGS + "exclude_app_parent_tasks"),
                excluded,
                config.strings(SETTINGS + "excluded_task_types"));
    }

    private static @Nullable String key(
            UsagesApi.Breakdown by, TaskRuns.Run run, Map<String, ProjectGroups.Group> groups, QueueMachines queues) {
        return switch (by) {
            case PROJECT -> {
                ProjectGroups.Group group = groups.get(run.project());
                yield group == null ? run.project() : group.id();
            }
            case USER -> run.user();
            case QUEUE -> queues.group(run.queue());
        };
    }

    private Function<@Nullable String, @Nullable String> names(
            UsagesApi.Breakdown by,
            Collection<@Nullable String> ids,
            Map<String, ProjectGroups.Group> groups,
            QueueMachines queues,
            String company) {
        Map<@Nullable String, String> names = new HashMap<>();
        switch (by) {
            case PROJECT -> groups.values().forEach(group -> names.put(group.id(), group.name()));
            case USER ->
                all(Entities.USER, Map.of("id", known(ids), "only_fields", List.of("id", "name")), company)
                        .forEach(user -> names.put(String.valueOf(user.get("id")), String.valueOf(user.get("name"))));
            case QUEUE -> {
                return queues::name;
            }
        }
        return names::get;
    }

    private static List<String> known(Collection<@Nullable String> ids) {
        List<String> known = new ArrayList<>();
        for (String id : ids) {
            if (id != null) {
                known.add(id);
            }
        }
        return known;
    }

    private static Map<String, Object> tables(
            Map<@Nullable String, UsageRow> sums,
            Function<@Nullable String, @Nullable String> names,
            UsagesApi.Request request) {
        List<UsageField> fields = request.usageFields().isEmpty()
                ? List.of(UsageField.DURATION, UsageField.GPU_USAGE)
                : request.usageFields();
        List<Map<String, @Nullable Object>> series = new ArrayList<>();
        List<Map<String, @Nullable Object>> total = new ArrayList<>();
        Comparator<Map.Entry<@Nullable String, UsageRow>> byName =
                Comparator.comparing(sum -> String.valueOf(names.apply(sum.getKey())));
        sums.entrySet().stream().sorted(byName).forEach(sum -> {
            series.add(sum.getValue().series(names.apply(sum.getKey()), fields));
            total.add(sum.getValue().total(names.apply(sum.getKey()), fields));
        });
        return Map.of("series", series, "total", total);
    }

    private List<Map<String, Object>> all(EntityModel entity, Map<String, Object> filter, String company) {
        Map<String, @Nullable Object> request = new HashMap<>(filter);
        request.put("page", null);
        request.put("page_size", null);
        return queries.getAll(entity, request, Scope.own(company)).rows();
    }
}
