package clearml.embedded.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.bson.Document;

/** Prints throughput and latency on 10,000 tasks of 10 kB with the indexes of the task collection. */
final class MongoFigures {

    private static final int TASKS = 10_000;
    private static final List<String> INDEXES = List.of(
            "created",
            "started",
            "completed",
            "active_duration",
            "parent",
            "project",
            "last_update",
            "status_changed",
            "models.input.model",
            "company,name",
            "company,status,type",
            "company,last_update,system_tags",
            "company,type,system_tags,status",
            "company,project,type,system_tags,status",
            "status,last_update",
            "company,project",
            "company,tags",
            "company,system_tags",
            "company,project,tags",
            "company,project,system_tags",
            "company,user",
            "company,project,user",
            "company,parent",
            "company,project,parent",
            "company,type",
            "company,project,type");

    private MongoFigures() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("mongo-figures");
        try (EmbeddedMongo server = EmbeddedMongo.start(folder, "127.0.0.1", 0);
                MongoClient client = MongoClients.create(server.connectionString())) {
            MongoCollection<Document> tasks = client.getDatabase("backend").getCollection("task");
            tasks.drop();
            for (String index : INDEXES) {
                Document key = new Document();
                for (String field : index.split(",")) {
                    key.append(field, 1);
                }
                tasks.createIndex(key);
            }
            run("insert 1 client", TASKS / 4, 1, i -> tasks.insertOne(task(i)));
            run("insert 8 clients", TASKS - TASKS / 4, 8, i -> tasks.insertOne(task(i + TASKS / 4)));
            for (int round = 0; round < 2; round++) {
                for (int clients : new int[] {1, 8}) {
                    run(
                            "get by id",
                            8_000,
                            clients,
                            i -> tasks.find(new Document("_id", id(i))).first());
                    run(
                            "update by id",
                            4_000,
                            clients,
                            i -> tasks.updateOne(
                                    new Document("_id", id(i)),
                                    new Document(
                                            "$set",
                                            new Document("last_update", new java.util.Date())
                                                    .append("status", "s" + i % 3))));
                    run(
                            "find indexed (name)",
                            8_000,
                            clients,
                            i -> tasks.find(new Document("company", "c").append("name", "task " + i * 7919L % TASKS))
                                    .first());
                    run(
                            "page of 50 by last_update",
                            500,
                            clients,
                            i -> tasks.find(new Document("company", new Document("$in", List.of("", "c"))))
                                    .sort(new Document("last_update", -1).append("_id", 1))
                                    .limit(50)
                                    .projection(new Document("name", 1)
                                            .append("status", 1)
                                            .append("tags", 1))
                                    .into(new ArrayList<>()));
                    run("scan (unindexed)", 20, clients, i -> tasks.countDocuments(new Document("comment", "x" + i)));
                    run(
                            "group by status",
                            20,
                            clients,
                            i -> tasks.aggregate(List.of(
                                            new Document("$match", new Document("company", "c")),
                                            new Document(
                                                    "$group",
                                                    new Document("_id", "$status")
                                                            .append("n", new Document("$sum", 1)))))
                                    .into(new ArrayList<>()));
                }
            }
            run("insert 8 clients, warm", 5_000, 8, i -> tasks.insertOne(task(i + TASKS)));
            run("insert 1 client, warm", 2_000, 1, i -> tasks.insertOne(task(i + 2 * TASKS)));
            for (int i = 0; i < 3; i++) {
                System.gc();
                Thread.sleep(300);
            }
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    "heap %d MB, file %d MB%n",
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20, Files.size(folder.resolve("mongo.mv")) >> 20);
            System.out.println(Files.readString(Path.of("/proc/self/status"))
                    .lines()
                    .filter(l -> l.startsWith("VmRSS"))
                    .findFirst()
                    .orElse(""));
        }
        long start = System.nanoTime();
        long cpu = cpu();
        EmbeddedMongo.start(folder, "127.0.0.1", 0).close();
        System.out.printf(
                "start and stop with data %d ms, cpu %d ms, file %d MB%n",
                (System.nanoTime() - start) / 1_000_000,
                (cpu() - cpu) / 1_000_000,
                Files.size(folder.resolve("mongo.mv")) >> 20);
    }

    private static String id(int i) {
        return "%032x".formatted(i * 7919L % TASKS);
    }

    private static Document task(int i) {
        Random random = new Random(i);
        Document parameters = new Document();
        for (int p = 0; p < 60; p++) {
            parameters.append(
                    "parameter" + p,
                    new Document("section", "Args")
                            .append("name", "parameter" + p)
                            .append("value", Long.toHexString(random.nextLong()))
                            .append("type", "str")
                            .append("description", "what it is for"));
        }
        return new Document("_id", "%032x".formatted(i))
                .append("company", "c")
                .append("user", "user" + i % 5)
                .append("name", "task " + i)
                .append("type", "training")
                .append("status", "s" + i % 3)
                .append("project", "project" + i % 20)
                .append("tags", List.of("a" + i % 3, "b" + i % 7))
                .append("system_tags", List.of())
                .append("created", new java.util.Date())
                .append("last_update", new java.util.Date())
                .append("script", new Document("diff", "d".repeat(2_000)))
                .append("hyperparams", new Document("Args", parameters));
    }

    private static void run(String name, int count, int clients, IntConsumer work) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        Thread[] threads = new Thread[clients];
        long[] latencies = new long[count];
        long start = System.nanoTime();
        long cpu = cpu();
        for (int t = 0; t < clients; t++) {
            threads[t] = new Thread(() -> {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    long from = System.nanoTime();
                    work.accept(i);
                    latencies[i] = System.nanoTime() - from;
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        java.util.Arrays.sort(latencies);
        System.out.printf(
                "%-28s %d clients %8.0f/s  p50 %.2f ms  p99 %.2f ms  cpu %.0f us%n",
                name,
                clients,
                count / seconds,
                latencies[count / 2] / 1e6,
                latencies[count * 99 / 100] / 1e6,
                (cpu() - cpu) / 1e3 / count);
    }

    /** CPU time of server and clients so far, in ns: tells more than the clock on a busy machine. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
