package clearml.apiserver.server;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How many tasks ran, how long, and how many iterations: averages over those that began. */
@Component
class ExperimentStatistics {

    static final Map<String, Object> NONE = Map.of("count", 0, "avg_run_time_sec", 0, "avg_iterations", 0);

    private static final double MILLIS = 1000.0;

    private final MongoCollection<Document> tasks;

    ExperimentStatistics(MongoStores stores) {
        tasks = stores.backend("task");
    }

    Map<String, Object> ofCompany(String company) {
        Document found =
                tasks.aggregate(List.of(begun(company), averages(null))).first();
        return found == null ? NONE : figures(found);
    }

    /** By the name of the worker that ran them last. */
    Map<String, Map<String, Object>> byWorker(String company) {
        Map<String, Map<String, Object>> byWorker = new LinkedHashMap<>();
        tasks.aggregate(List.of(begun(company), averages("$last_worker"))).forEach(found -> {
            if (found.get("_id") instanceof String worker) {
                byWorker.put(worker, figures(found));
            }
        });
        return byWorker;
    }

    private static Document begun(String company) {
        return new Document(
                "$match",
                new Document("company", company)
                        .append("started", new Document("$exists", true).append("$ne", null))
                        .append("last_update", new Document("$exists", true).append("$ne", null))
                        .append("status", new Document("$nin", List.of("created", "queued"))));
    }

    private static Document averages(@Nullable String group) {
        return new Document(
                "$group",
                new Document("_id", group)
                        .append("count", new Document("$sum", 1))
                        .append(
                                "run_time",
                                new Document("$avg", new Document("$subtract", List.of("$last_update", "$started"))))
                        .append("iterations", new Document("$avg", "$last_iteration")));
    }

    private static Map<String, Object> figures(Document found) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("count", found.get("count"));
        figures.put("avg_run_time_sec", (long) (number(found.get("run_time")) / MILLIS));
        figures.put("avg_iterations", (long) number(found.get("iterations")));
        return figures;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }
}
