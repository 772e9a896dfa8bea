package clearml.embedded.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.IntConsumer;
import org.bson.Document;

/**
 * Prints what updates cost, in CPU of server and client together and in bytes given to the disk: of queues with many
 * entries, of a task's first statistics, of small changes to a large document.
 */
final class UpdateFigures {

    private static final int COUNT = Integer.getInteger("count", 1_000);
    private static final int ALL = 1_000_000;

    private static final Document SMALL = Document.parse("{name: 1, entries: {$slice: 1}}");

    private final MongoCollection<Document> queues;
    private final MongoCollection<Document> tasks;

    private UpdateFigures(MongoClient client) {
        queues = client.getDatabase("backend").getCollection("queue");
        tasks = client.getDatabase("backend").getCollection("task");
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "/var/tmp"), "figures");
        try (EmbeddedMongo server = EmbeddedMongo.start(folder, "127.0.0.1", 0);
                MongoClient client = MongoClients.create(server.connectionString())) {
            UpdateFigures figures = new UpdateFigures(client);
            String only = System.getProperty("only", "");
            for (int round = 0; round < 2; round++) {
                if (only.isEmpty() || only.equals("queues")) {
                    figures.queue(10);
                    figures.queue(10_000);
                }
                if (only.isEmpty() || only.equals("series")) {
                    figures.series();
                }
                if (only.isEmpty() || only.equals("edits")) {
                    figures.edits();
                }
            }
        }
    }

    private void queue(int size) {
        queues.drop();
        queues.createIndex(new Document("name", 1).append("company", 1));
        queues.createIndex(new Document("entries.task", 1));
        List<Document> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(entry(i));
        }
        queues.insertOne(new Document("_id", "q")
                .append("name", "queue")
                .append("company", "c")
                .append("entries", entries)
                .append("last_update", new Date()));
        Document own = Document.parse("{_id: 'q', company: 'c'}");
        Document filled = Document.parse("{_id: 'q', company: 'c', 'entries.0': {$exists: true}}");
        FindOneAndUpdateOptions first = new FindOneAndUpdateOptions().projection(SMALL);
        String name = " of " + size;
        run(
                "slice projection" + name,
                COUNT,
                i -> queues.find(own).projection(SMALL).first());
        run("pop and push back" + name, COUNT, i -> {
            Document popped = queues.findOneAndUpdate(filled, pop(), first);
            queues.updateOne(own, push(popped.getList("entries", Document.class).get(0)));
        });
        run("pop and remember, push back" + name, COUNT, i -> {
            Document popped = queues.findOneAndUpdate(filled, popAndRemember(), first);
            queues.updateOne(own, push(popped.getList("entries", Document.class).get(0)));
        });
        run("add if absent, pull" + name, COUNT / 5, i -> {
            Document added = entry(size + i);
            queues.updateOne(
                    new Document(own).append("entries.task", new Document("$ne", added.get("task"))), push(added));
            queues.updateOne(
                    new Document(own).append("entries.task", added.get("task")),
                    new Document("$pull", new Document("entries", new Document("task", added.get("task"))))
                            .append("$set", new Document("last_update", new Date())));
        });
        run(
                "elemMatch projection" + name,
                COUNT / 5,
                i -> queues.find(own)
                        .projection(new Document(
                                "entries",
                                new Document(
                                        "$elemMatch",
                                        new Document(
                                                "task", entry(i * 37 % size).get("task")))))
                        .first());
        run(
                "size" + name,
                COUNT / 5,
                i -> queues.aggregate(List.of(
                                new Document("$match", own),
                                Document.parse(
                                        "{$project: {n: {$size: '$entries'}, next: {$arrayElemAt: ['$entries', 0]}}}")))
                        .first());
        run(
                "without entries" + name,
                COUNT,
                i -> queues.find(own).projection(new Document("entries", 0)).first());
        run("whole" + name, COUNT / 20, i -> queues.find(own).first());
    }

    private static Document entry(int i) {
        return new Document("task", "%032x".formatted(i)).append("added", new Date(i));
    }

    private static Document pop() {
        return Document.parse("{$pop: {entries: -1}}").append("$set", new Document("last_update", new Date()));
    }

    private static Document push(Document entry) {
        return new Document("$push", new Document("entries", entry))
                .append("$set", new Document("last_update", new Date()));
    }

    /** As the API server does it. */
    private static List<Document> popAndRemember() {
        Document by = Document.parse("{$literal: {worker: 'machine:gpu0', user: 'user', ip: '127.0.0.1'}}");
        Document pulled = new Document("pulled", new Date()).append("by", by);
        Document merged =
                new Document("$mergeObjects", List.of(new Document("$arrayElemAt", List.of("$entries", 0)), pulled));
        Document before = new Document("$ifNull", List.of("$x_pulled", List.of()));
        Document all = new Document("$concatArrays", List.of(before, List.of(merged)));
        return List.of(new Document(
                "$set",
                new Document("x_pulled", new Document("$slice", List.of(all, -500)))
                        .append("entries", new Document("$slice", List.of("$entries", 1, ALL)))
                        .append("last_update", new Date())));
    }

    private void series() {
        tasks.drop();
        for (int series : new int[] {15, 150, 1_500}) {
            run("first batch of " + series + " series", 10, i -> {
                tasks.insertOne(new Document("_id", "t" + series + "." + i).append("name", "task"));
                tasks.updateOne(new Document("_id", "t" + series + "." + i), List.of(statistics(series)));
            });
            run(
                    "next batch of " + series + " series",
                    10,
                    i -> tasks.updateOne(new Document("_id", "t" + series + "." + i), List.of(statistics(series))));
            run(
                    "operators on " + series + " series",
                    10,
                    i -> tasks.updateOne(new Document("_id", "t" + series + "." + i), operators(series)));
        }
    }

    private static Document statistics(int series) {
        Document set = new Document("last_update", new Date());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            String path = "last_metrics." + hash(i / 50) + "." + hash(i) + ".";
            names.add("metric" + i);
            set.append(path + "metric", new Document("$literal", "metric" + i / 50))
                    .append(path + "variant", new Document("$literal", "variant" + i))
                    .append(path + "value", 0.5 * i);
            for (String field : List.of("first_value", "min_value", "max_value")) {
                Document missing = Document.parse("{$eq: [{$ifNull: ['$" + path + field + "', null]}, null]}");
                set.append(path + field, new Document("$cond", List.of(missing, 0.5 * i, "$" + path + field)))
                        .append(
                                path + field + "_iteration",
                                new Document("$cond", List.of(missing, i, "$" + path + field + "_iteration")));
            }
            Document count = Document.parse("{$add: [{$ifNull: ['$" + path + "count', 0]}, 1]}");
            set.append(path + "mean_value", new Document("$divide", List.of(i, count)))
                    .append(path + "count", count);
        }
        set.append(
                "unique_metrics",
                new Document(
                        "$setUnion",
                        List.of(
                                Document.parse("{$ifNull: ['$unique_metrics', []]}"),
                                new Document("$literal", names))));
        return new Document("$set", set);
    }

    private static Document operators(int series) {
        Document set = new Document("last_update", new Date());
        Document least = new Document();
        Document most = new Document();
        for (int i = 0; i < series; i++) {
            String path = "last_metrics." + hash(i / 50) + "." + hash(i) + ".";
            set.append(path + "value", 0.7 * i);
            least.append(path + "min_value", 0.7 * i);
            most.append(path + "max_value", 0.7 * i);
        }
        return new Document("$set", set).append("$min", least).append("$max", most);
    }

    private static String hash(int i) {
        return "%032x".formatted(i * 7_919L);
    }

    private void edits() {
        tasks.drop();
        for (String index : List.of("last_update", "status", "name", "project", "tags", "company")) {
            tasks.createIndex(new Document(index, 1).append("_id", 1));
        }
        run("create", 2 * COUNT, i -> tasks.insertOne(task(i)));
        run(
                "edit",
                4 * COUNT,
                i -> tasks.updateOne(
                        new Document("_id", "%032x".formatted(i % (2 * COUNT))),
                        new Document(
                                "$set",
                                new Document("last_update", new Date())
                                        .append("status", "s" + i % 3)
                                        .append("comment", "c" + i))));
        run(
                "edit and return",
                4 * COUNT,
                i -> tasks.findOneAndUpdate(
                        new Document("_id", "%032x".formatted(i % (2 * COUNT))),
                        new Document("$set", new Document("last_update", new Date()).append("status", "s" + i % 3)),
                        new FindOneAndUpdateOptions().projection(new Document("status", 1))));
    }

    private static Document task(int i) {
        Document parameters = new Document();
        for (int p = 0; p < 60; p++) {
            parameters.append(
                    "parameter" + p,
                    new Document("section", "Args")
                            .append("name", "parameter" + p)
                            .append("value", "value " + p * i)
                            .append("type", "str")
                            .append("description", "what it is for"));
        }
        return new Document("_id", "%032x".formatted(i))
                .append("company", "c")
                .append("name", "task " + i)
                .append("status", "s" + i % 3)
                .append("project", "project" + i % 20)
                .append("tags", List.of("a" + i % 3, "b" + i % 7))
                .append("last_update", new Date())
                .append("script", new Document("diff", "d".repeat(2_000)))
                .append("hyperparams", new Document("Args", parameters));
    }

    private static void run(String name, int count, IntConsumer work) {
        long start = System.nanoTime();
        long cpu = cpu();
        long written = written();
        for (int i = 0; i < count; i++) {
            work.accept(i);
        }
        System.out.printf(
                "%-40s %9.3f ms  cpu %9.3f ms  written %8.1f kB%n",
                name,
                (System.nanoTime() - start) / 1e6 / count,
                (cpu() - cpu) / 1e6 / count,
                (written() - written) / 1e3 / count);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Bytes that this process has given to the disk. */
    private static long written() {
        try {
            return Files.readString(Path.of("/proc/self/io"))
                    .lines()
                    .filter(line -> line.startsWith("write_bytes"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                    .sum();
        } catch (java.io.IOException e) {
            return 0;
        }
    }
}
