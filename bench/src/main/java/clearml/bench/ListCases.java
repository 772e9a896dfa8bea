package clearml.bench;

import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the web UI asks of 10,000 tasks in 50 projects. The tasks are made once. */
final class ListCases {

    private final Target target;
    private final MongoClient mongo;
    private @Nullable TaskTable table;

    ListCases(Target target, MongoClient mongo) {
        this.target = target;
        this.mongo = mongo;
    }

    List<Case> all() {
        return List.of(
                new Case(
                        "lists.task-table",
                        "400/s, p50 < 20 ms, 0.6 of the raw query",
                        this::taskTable,
                        Optional.of(this::rawTable)),
                new Case("lists.search", "300/s", this::search, Optional.empty()),
                new Case("lists.by-parameter", "p50 < 60 ms", this::byParameter, Optional.empty()),
                new Case("lists.projects", "20 with statistics, p50 < 40 ms", this::projects, Optional.empty()),
                new Case("lists.whole-500", "500 whole tasks in a page", this::whole, Optional.empty()).by(2),
                new Case("lists.scroll-10000", "pages of 500, p50 < 3 s", this::scroll, Optional.empty()).by(1),
                new Case(
                                "lists.get_by_id-during-delete",
                                "p99 < 50 ms while 1,000 tasks with events are deleted in < 10 s",
                                () -> DeletionBeside.prepare(target),
                                Optional.empty())
                        .by(1));
    }

    private TaskTable table() throws IOException {
        if (table == null) {
            table = TaskTable.fill(mongo, Session.open(target));
        }
        return table;
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private Workload list(String name, String endpoint, BodyOfCall body) throws IOException {
        Session session = Session.open(target);
        return Workload.calls(
                name,
                HttpCalls.to(target.api(), number -> session.message().json("/v999.0/" + endpoint, body.of(number))));
    }

    private interface BodyOfCall {
        String of(long number);
    }

    private Workload taskTable() throws IOException {
        TaskTable data = table();
        String rest = ",\"order_by\":[\"-last_update\"],\"page\":0,\"page_size\":" + TaskTable.PAGE
                + ",\"system_tags\":[\"__$not\",\"archived\"],\"only_fields\":" + quoted(TaskTable.COLUMNS) + "}";
        return list("table", "tasks.get_all_ex", number -> "{\"project\":[\"" + data.project(number) + "\"]" + rest);
    }

    private Workload rawTable() throws IOException {
        TaskTable data = table();
        return Workload.calls("raw table", data::rawTable);
    }

    private Workload search() throws IOException {
        table();
        return list(
                "search",
                "tasks.get_all_ex",
                number -> "{\"_any_\":{\"pattern\":\"TRANSFORMER .*" + number % 10
                        + "\",\"fields\":[\"id\",\"name\",\"comment\",\"system_tags\"]},\"tags\":[\"tag" + number % 10
                        + "\"],\"page\":0,\"page_size\":20,\"only_fields\":[\"name\",\"status\",\"project.name\"]}");
    }

    private Workload byParameter() throws IOException {
        TaskTable data = table();
        return list(
                "by parameter",
                "tasks.get_all_ex",
                number -> "{\"project\":[\"" + data.project(number)
                        + "\"],\"order_by\":[\"hyperparams.Args.p1.value\"],\"page\":0,\"page_size\":50,"
                        + "\"only_fields\":[\"name\",\"hyperparams.Args.p1.value\"]}");
    }

    private Workload projects() throws IOException {
        TaskTable data = table();
        return list(
                "projects",
                "projects.get_all_ex",
                number -> "{\"name\":\"^" + data.root() + "/\",\"include_stats\":true,\"check_own_contents\":true,"
                        + "\"order_by\":[\"featured\",\"-last_update\"],\"page\":" + number % 2
                        + ",\"page_size\":20,\"include_stats_filter\":{\"system_tags\":[\"-pipeline\"]}}");
    }

    private Workload whole() throws IOException {
        TaskTable data = table();
        return list(
                "whole tasks",
                "tasks.get_all_ex",
                number -> "{\"project\":"
                        + quoted(List.of(data.project(number), data.project(number + 1), data.project(number + 2)))
                        + ",\"page\":0,\"page_size\":500}");
    }

    private Workload scroll() throws IOException {
        TaskTable data = table();
        Session session = Session.open(target);
        return new Workload("scroll", () -> new ScrollingClient(session, data.projects()), "task", TaskTable.TASKS);
    }
}
