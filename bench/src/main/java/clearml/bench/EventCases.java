package clearml.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cases that read events, and one of many tasks that report at their own pace. */
final class EventCases {

    private static final int SERIES = 50;
    private static final int SAMPLES = 2_000;
    private static final int COMPARED = 10;
    private static final int REPORTING = 200;

    private final Target target;
    private final Sizes sizes;

    /** Tasks that several cases read, by what they have: millions of events are written once. */
    private final Map<String, String> prepared = new HashMap<>();

    EventCases(Target target, Sizes sizes) {
        this.target = target;
        this.sizes = sizes;
    }

    List<Case> all() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case(
                        "events.200-tasks",
                        "p99 < 500 ms: each 100 scalars every 5 s, 20 lines every 2 s",
                        this::reporting,
                        Optional.empty())
                .by(32)
                .atRate(REPORTING / 5 + REPORTING / 2));
        if (target.elastic().isPresent() || target.equals(Target.NOWHERE)) {
            cases.addAll(reading());
        }
        return cases;
    }

    private List<Case> reading() {
        String points = SERIES + " series of " + sizes.points();
        String lines = "of " + sizes.lines() + " lines";
        return List.of(
                new Case(
                                "events.histogram",
                                points + ": 1,500 ms for 100,000, 0.77 of raw",
                                this::histogram,
                                Optional.of(this::rawHistogram))
                        .by(1),
                new Case(
                                "events.comparison",
                                "10 tasks with " + points + ": 10 s for 100,000",
                                this::comparison,
                                Optional.empty())
                        .by(1),
                new Case("events.histogram-10x10000", "under 60 ms", this::smallHistogram, Optional.empty()).by(1),
                new Case("events.log-last-page", lines + ": under 50 ms", () -> page(true, ""), Optional.empty()).by(1),
                new Case("events.log-first-page", lines + ": under 50 ms", () -> page(false, ""), Optional.empty())
                        .by(1),
                new Case("events.log-middle-page", lines + ": under 50 ms", this::middlePage, Optional.empty()).by(1),
                new Case("events.log-download", lines + ": streamed", this::download, Optional.empty()).by(1),
                new Case(
                        "events.elasticsearch-hangs",
                        "calls about tasks, queues, workers meanwhile: p99 < 50 ms",
                        () -> new OthersMeanwhile(target).workload(),
                        Optional.empty()),
                new Case("events.plots-page", sizes.plots() + " of 100 kB: under 200 ms", this::plots, Optional.empty())
                        .by(1));
    }

    private StoredEvents stored(Session session) throws IOException {
        return new StoredEvents(session, target.elastic().orElseThrow());
    }

    private String scalars(Session session, int series, int points) throws IOException {
        String what = series + " series of " + points;
        String task = prepared.get(what);
        if (task == null) {
            task = stored(session).scalars(series, points);
            prepared.put(what, task);
        }
        return task;
    }

    private String log(Session session) throws IOException {
        String task = prepared.get("log");
        if (task == null) {
            task = stored(session).log(sizes.lines());
            prepared.put("log", task);
        }
        return task;
    }

    private Workload histogram() throws IOException {
        return histogram(SERIES, sizes.points());
    }

    private Workload smallHistogram() throws IOException {
        return histogram(10, 10_000);
    }

    private Workload histogram(int series, int points) throws IOException {
        Session session = Session.open(target);
        String task = scalars(session, series, points);
        return calls(
                session,
                "events.scalar_metrics_iter_histogram",
                "{\"task\":\"" + task + "\",\"samples\":" + SAMPLES + "}");
    }

    /** The same points in as few aggregations as Elasticsearch can give them. */
    private Workload rawHistogram() throws IOException {
        URI elastic = target.elastic().orElseThrow();
        String task = scalars(Session.open(target), SERIES, sizes.points());
        int interval = Math.max(1, (sizes.points() + SAMPLES - 1) / SAMPLES);
        StringBuilder searches = new StringBuilder();
        for (String metrics : List.of("\"metric 0\",\"metric 1\"", "\"metric 2\",\"metric 3\"", "\"metric 4\"")) {
            searches.append("{\"index\":\"" + StoredEvents.index("training_stats_scalar") + "\"}\n")
                    .append(
                            "{\"size\":0,\"track_total_hits\":false,\"query\":{\"bool\":{\"filter\":[{\"term\":{\"task\":\""
                                    + task + "\"}},{\"terms\":{\"metric\":[" + metrics + "]}}]}},"
                                    + "\"aggs\":{\"m\":{\"terms\":{\"field\":\"metric\",\"size\":100},\"aggs\":{\"v\":{\"terms\":"
                                    + "{\"field\":\"variant\",\"size\":100},\"aggs\":{\"i\":{\"histogram\":{\"field\":\"iter\","
                                    + "\"interval\":" + interval + ",\"min_doc_count\":1},\"aggs\":{\"a\":{\"avg\":"
                                    + "{\"field\":\"value\"}}}}}}}}}}\n");
        }
        byte[] request = Message.plain(elastic)
                .post("/_msearch", "application/x-ndjson", searches.toString().getBytes(UTF_8));
        return Workload.calls("raw aggregation", HttpCalls.to(elastic, request));
    }

    private Workload comparison() throws IOException {
        Session session = Session.open(target);
        StoredEvents stored = stored(session);
        List<String> tasks = new ArrayList<>();
        tasks.add('"' + scalars(session, SERIES, sizes.points()) + '"');
        for (int i = 1; i < COMPARED; i++) {
            tasks.add('"' + stored.scalars(SERIES, sizes.points()) + '"');
        }
        return calls(
                session,
                "events.multi_task_scalar_metrics_iter_histogram",
                "{\"tasks\":[" + String.join(",", tasks) + "],\"samples\":" + SAMPLES + "}");
    }

    private Workload page(boolean earlier, String more) throws IOException {
        Session session = Session.open(target);
        String task = log(session);
        return calls(
                session,
                "events.get_task_log",
                "{\"task\":\"" + task + "\",\"batch_size\":1000,\"navigate_earlier\":" + earlier + more + "}");
    }

    private Workload middlePage() throws IOException {
        return page(true, ",\"from_timestamp\":" + (StoredEvents.START + sizes.lines() * 5L));
    }

    private Workload download() throws IOException {
        Session session = Session.open(target);
        String task = log(session);
        byte[] request = session.message()
                .json("/events.download_task_log", "{\"line_type\":\"text\",\"task\":\"" + task + "\"}");
        return new Workload("download", HttpCalls.to(target.api(), request), "line", sizes.lines());
    }

    private Workload plots() throws IOException {
        Session session = Session.open(target);
        String task = stored(session).plots(sizes.plots());
        return calls(session, "events.get_task_plots", "{\"task\":\"" + task + "\"}");
    }

    private Workload calls(Session session, String endpoint, String body) {
        return Workload.calls(
                endpoint, HttpCalls.to(target.api(), session.message().json("/v2.23/" + endpoint, body)));
    }

    /** Of seven calls two bring scalars, five bring lines; each task has its turn as often as it would by itself. */
    private Workload reporting() throws IOException {
        Session session = Session.open(target);
        String project = session.project();
        List<String> tasks = Tasks.create(session, project, REPORTING);
        return Workload.calls(
                "200 tasks",
                HttpCalls.to(
                        target.api(),
                        number -> session.message()
                                .post("/v2.23/events.add_batch", "application/json-lines", report(tasks, number))));
    }

    private static byte[] report(List<String> tasks, long number) {
        int turn = (int) (number % 7);
        long round = number / 7;
        if (turn < 2) {
            long scalars = round * 2 + turn;
            return Events.scalars(tasks.get((int) (scalars % REPORTING)), scalars / REPORTING, 100);
        }
        long logs = round * 5 + turn - 2;
        return Events.log(tasks.get((int) (logs % REPORTING)), 20);
    }
}
