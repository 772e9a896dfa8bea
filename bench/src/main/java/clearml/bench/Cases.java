package clearml.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** The named cases. */
final class Cases {

    private static final int TASKS = 2_000;

    private final Target target;
    private final Sizes sizes;
    private final Optional<RawMongo> mongo;

    Cases(Target target, Sizes sizes) {
        this.target = target;
        this.sizes = sizes;
        this.mongo = target.mongo().map(RawMongo::new);
    }

    List<Case> all() {
        return Stream.of(
                        api(),
                        lists(),
                        queues(),
                        new WorkerCases(target).all(),
                        events(),
                        new EventCases(target, sizes).all(),
                        files(),
                        store())
                .flatMap(List::stream)
                .toList();
    }

    private List<Case> api() {
        return List.of(
                new Case("debug.ping", "0.6 of a bare controller", this::ping, Optional.of(this::barePing)),
                new Case(
                        "tasks.get_by_id", "0.8 of bare, p99 < 15 ms at 8 clients", this::getById, raw(this::bareFind)),
                new Case("tasks.get_all", "a page of 50 out of 2,000", this::page, Optional.empty()),
                new Case("tasks.create", "1,500/s", this::create, raw(RawMongo::insert, "raw insert")),
                new Case("tasks.edit", "near the raw update", this::edit, raw(RawMongo::updateById, "raw update")));
    }

    private List<Case> lists() {
        return mongo.map(raw -> new ListCases(target, raw.client()).all()).orElse(List.of());
    }

    private List<Case> queues() {
        return new QueueCases(target, mongo.map(RawMongo::client)).all();
    }

    private List<Case> events() {
        return List.of(
                scalars(1_000, "40,000/s, half of raw _bulk, by 2 clients").by(2),
                scalars(100, "near raw _bulk"),
                log(1_000, "30,000/s, by 2 clients").by(2),
                log(100, "near raw _bulk"));
    }

    private List<Case> files() {
        return List.of(
                new Case("files.upload-50MB", "300 MB/s or near the disk", this::upload, Optional.of(Cases::writeFile)),
                new Case("files.download-50MB", "300 MB/s or near the disk", this::download, Optional.empty()));
    }

    private List<Case> store() {
        return mongo.map(raw -> List.of(
                        store("store.find-by-id", "under 1 ms", raw::findById),
                        store("store.update-by-id", "under 1 ms", raw::updateById),
                        store("store.find-50-by-index", "under 1 ms", raw::findByProject),
                        store("store.insert", "2,000/s", raw::insert)))
                .orElse(List.of());
    }

    private Workload ping() {
        return Workload.calls(
                "debug.ping",
                HttpCalls.to(target.api(), Message.plain(target.api()).json("/debug.ping", "{\"a\":1}")));
    }

    private Workload barePing() {
        URI bare = bare();
        return Workload.calls(
                "bare ping", HttpCalls.to(bare, Message.plain(bare).json("/ping", "{\"a\":1}")));
    }

    private Workload getById() throws IOException {
        Session session = Session.open(target);
        List<byte[]> requests = Tasks.create(session, session.project(), TASKS).stream()
                .map(id -> session.message().json("/v2.23/tasks.get_by_id", "{\"task\":\"" + id + "\"}"))
                .toList();
        return Workload.calls("tasks.get_by_id", HttpCalls.to(target.api(), number -> requests.get(spread(number))));
    }

    private Workload bareFind() throws IOException {
        Session session = Session.open(target);
        URI bare = bare();
        List<byte[]> requests = Tasks.create(session, session.project(), TASKS).stream()
                .map(id -> Message.plain(bare).get("/find/" + id))
                .toList();
        return Workload.calls("bare find", HttpCalls.to(bare, number -> requests.get(spread(number))));
    }

    private Workload page() throws IOException {
        Session session = Session.open(target);
        String project = session.project();
        Tasks.create(session, project, TASKS);
        String query =
                "{\"project\":[\"" + project + "\"],\"order_by\":[\"-last_update\"],\"page\":%d,\"page_size\":50}";
        return new Workload(
                "tasks.get_all",
                HttpCalls.to(
                        target.api(),
                        number ->
                                session.message().json("/v2.23/tasks.get_all", query.formatted(number % (TASKS / 50)))),
                "page",
                1);
    }

    private Workload create() throws IOException {
        Session session = Session.open(target);
        byte[] request = session.message().json("/v2.23/tasks.create", Tasks.request(session.project()));
        return Workload.calls("tasks.create", HttpCalls.to(target.api(), request));
    }

    private Workload edit() throws IOException {
        Session session = Session.open(target);
        List<String> tasks = Tasks.create(session, session.project(), TASKS);
        String body = "{\"task\":\"%s\",\"force\":true,\"comment\":\"edit %d\",\"runtime\":{\"progress\":\"%d\"}}";
        return Workload.calls(
                "tasks.edit",
                HttpCalls.to(
                        target.api(),
                        number -> session.message()
                                .json("/v2.23/tasks.edit", body.formatted(tasks.get(spread(number)), number, number))));
    }

    private Case scalars(int batch, String goal) {
        return new Case("events.scalars-" + batch, goal, () -> scalars(batch), elastic(() -> bulkScalars(batch)));
    }

    private Workload scalars(int batch) throws IOException {
        Session session = Session.open(target);
        String project = session.project();
        return new Workload(
                "events.scalars-" + batch,
                () -> {
                    String task = session.task(project);
                    return HttpCalls.to(target.api(), number -> batch(session, Events.scalars(task, number, batch)))
                            .make();
                },
                "event",
                batch);
    }

    private Case log(int batch, String goal) {
        return new Case("events.log-" + batch, goal, () -> logLines(batch), elastic(() -> bulkLog(batch)));
    }

    private Workload logLines(int batch) throws IOException {
        Session session = Session.open(target);
        String project = session.project();
        return new Workload(
                "events.log-" + batch,
                () -> {
                    String task = session.task(project);
                    return HttpCalls.to(target.api(), number -> batch(session, Events.log(task, batch)))
                            .make();
                },
                "line",
                batch);
    }

    private static byte[] batch(Session session, byte[] lines) {
        return session.message().post("/v2.23/events.add_batch", "application/json-lines", lines);
    }

    private Workload bulkScalars(int batch) {
        return bulk(
                "event",
                batch,
                task -> number -> Events.bulkScalars("events-training_stats_scalar-bench", task, number, batch));
    }

    private Workload bulkLog(int batch) {
        return bulk("line", batch, task -> number -> Events.bulkLog("events-log-bench", task, batch));
    }

    private Workload bulk(String unit, int batch, Function<String, LongFunction<byte[]>> body) {
        URI elastic = target.elastic().orElseThrow();
        return new Workload(
                "raw _bulk",
                () -> {
                    LongFunction<byte[]> lines =
                            body.apply(UUID.randomUUID().toString().replace("-", ""));
                    return HttpCalls.to(
                                    elastic,
                                    number -> Message.plain(elastic)
                                            .post("/_bulk", "application/x-ndjson", lines.apply(number)))
                            .make();
                },
                unit,
                batch);
    }

    private Workload upload() throws IOException {
        Message message = Session.open(target).message().to(target.files());
        return new Workload("upload", () -> new FileCalls(message), "MB", FileCalls.MEGABYTES);
    }

    private Workload download() throws IOException {
        Message message = Session.open(target).message().to(target.files());
        String name = "bench/" + UUID.randomUUID();
        try (HttpConnection connection = new HttpConnection(target.files())) {
            FileCalls.upload(connection, message, name);
        }
        return new Workload(
                "download", HttpCalls.to(target.files(), message.get("/" + name)), "MB", FileCalls.MEGABYTES);
    }

    private static Workload writeFile() {
        return new Workload("write", RawFiles::new, "MB", FileCalls.MEGABYTES);
    }

    private URI bare() {
        return BareServer.address(mongo.map(RawMongo::client));
    }

    private Optional<Case.Maker> raw(Case.Maker maker) {
        return mongo.map(raw -> maker);
    }

    private Optional<Case.Maker> raw(Function<RawMongo, Client> client, String name) {
        return mongo.map(raw -> () -> {
            raw.fill();
            return Workload.calls(name, () -> client.apply(raw));
        });
    }

    private Optional<Case.Maker> elastic(Case.Maker maker) {
        return target.elastic().map(there -> maker);
    }

    private Case store(String name, String goal, Workload.ClientFactory clients) {
        return new Case(
                name,
                goal,
                () -> {
                    mongo.orElseThrow().fill();
                    return Workload.calls(name, clients);
                },
                Optional.empty());
    }

    private static int spread(long number) {
        return (int) (number * 7919 % TASKS);
    }
}
