package clearml.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * 10,000 tasks of realistic size (20 hyperparameters, 20 last metrics, 2 kB diff, 1 kB requirements) in 50 projects, put
 * straight into the database of the server, and what the web UI shows of them.
 */
final class TaskTable {

    static final int TASKS = 10_000;
    static final int PROJECTS = 50;
    static final int PAGE = 50;

    /** The columns of the table, in the order of the UI. */
    static final List<String> COLUMNS = columns();

    private static final int PARAMETERS = 20;
    private static final int METRICS = 20;
    private static final String[] NAMES = {"train resnet", "train transformer", "evaluate", "fine-tune", "sweep"};

    private final MongoCollection<Document> tasks;
    private final List<String> projects;
    private final String root;

    private TaskTable(MongoCollection<Document> tasks, List<String> projects, String root) {
        this.tasks = tasks;
        this.projects = projects;
        this.root = root;
    }

    static TaskTable fill(MongoClient mongo, Session session) throws IOException {
        MongoCollection<Document> tasks = mongo.getDatabase("backend").getCollection("task");
        String root = "bench table " + UUID.randomUUID();
        List<String> projects = new ArrayList<>();
        for (int i = 0; i < PROJECTS; i++) {
            String name = "%s/project %02d".formatted(root, i);
            projects.add(session.call("projects.create", "{\"name\":\"" + name + "\"}")
                    .path("id")
                    .asString());
        }
        TaskTable table = new TaskTable(tasks, projects, root);
        String pattern = session.task(projects.get(0));
        Document like = tasks.find(Filters.eq("_id", pattern)).first();
        tasks.deleteOne(Filters.eq("_id", pattern));
        Random random = new Random(1);
        List<Document> some = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            some.add(table.document(new Document(like), i, random));
            if (some.size() == 500) {
                tasks.insertMany(some);
                some.clear();
            }
        }
        return table;
    }

    /** The project that a call is about. */
    String project(long number) {
        return projects.get((int) (number * 7 % PROJECTS));
    }

    String root() {
        return root;
    }

    List<String> projects() {
        return projects;
    }

    /** The table as the driver alone reads it: same condition, order and columns, nothing joined. */
    Client rawTable() {
        Bson columns = Projections.include(COLUMNS.stream()
                .map(column -> column.equals("id") ? "_id" : column.replaceAll("^(user|project|parent)\\.name$", "$1"))
                .toList());
        return number -> tasks.find(
                                Filters.and(
                                        Filters.in("company", company(), ""),
                                        Filters.eq("project", project(number)),
                                        Filters.ne("system_tags", "archived"),
                                        Filters.ne("system_tags", "hidden")),
                                RawBsonDocument.class)
                        .sort(Sorts.orderBy(Sorts.descending("last_update"), Sorts.ascending("_id")))
                        .limit(PAGE)
                        .projection(columns)
                        .into(new ArrayList<>())
                        .size()
                == PAGE;
    }

    private String company() {
        return "d1bd92a3b039400cbafc60a7a5b1e52b";
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of(
                "id",
                "name",
                "type",
                "status",
                "tags",
                "system_tags",
                "user.name",
                "project.name",
                "parent.name",
                "started",
                "completed",
                "last_update",
                "last_iteration",
                "comment",
                "active_duration"));
        IntStream.range(0, 4).forEach(i -> columns.add("hyperparams.Args.p" + i + ".value"));
        IntStream.range(0, 3).forEach(i -> columns.add("last_metrics." + hash(i) + "." + hash(i) + ".value"));
        return List.copyOf(columns);
    }

    private static String hash(int metric) {
        return "%032x".formatted(metric + 1);
    }

    private Document document(Document task, int number, Random random) {
        Document parameters = new Document();
        for (int i = 0; i < PARAMETERS; i++) {
            parameters.append(
                    "p" + i,
                    new Document("section", "Args")
                            .append("name", "p" + i)
                            .append("value", String.valueOf(random.nextInt(1_000)))
                            .append("type", "int")
                            .append("description", "a parameter"));
        }
        Document metrics = new Document();
        for (int i = 0; i < METRICS; i++) {
            metrics.append(hash(i), new Document(hash(i), metric(i, random)));
        }
        Date updated = new Date(System.currentTimeMillis() - random.nextInt(1_000_000_000));
        return task.append("_id", "bench%s%05d".formatted(root.substring(root.length() - 12), number))
                .append("name", NAMES[number % NAMES.length] + " " + number)
                .append("project", projects.get(number % PROJECTS))
                .append(
                        "parent",
                        number < PROJECTS
                                ? null
                                : "bench%s%05d".formatted(root.substring(root.length() - 12), number % PROJECTS))
                .append("status", number % 3 == 0 ? "completed" : "created")
                .append("tags", List.of("tag" + number % 10, "bench"))
                .append("system_tags", List.of())
                .append("started", new Date(updated.getTime() - 1_000_000))
                .append("last_update", updated)
                .append("last_iteration", number)
                .append("hyperparams", new Document("Args", parameters))
                .append("last_metrics", metrics)
                .append(
                        "script",
                        new Document("binary", "python")
                                .append("repository", "https://git.example.com/bench.git")
                                .append("entry_point", "train.py")
                                .append("diff", "+ a line of the diff\n".repeat(100))
                                .append("requirements", new Document("pip", "package==1.2.3\n".repeat(70))));
    }

    private static Document metric(int number, Random random) {
        return new Document("metric", "metric " + number)
                .append("variant", "train")
                .append("value", random.nextDouble())
                .append("min_value", 0.1)
                .append("min_value_iteration", 7)
                .append("max_value", 0.9)
                .append("max_value_iteration", 70)
                .append("first_value", 0.9)
                .append("first_value_iteration", 0)
                .append("count", 100)
                .append("mean_value", 0.5);
    }
}
