package clearml.apiserver.tasks;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What a task holds before anything is said about it. */
final class TaskDefaults {

    private TaskDefaults() {}

    static Document task(String id, String company, String user, Date now) {
        return new Document("_id", id)
                .append("company", company)
                .append("user", user)
                .append("status", TaskStatus.CREATED.text())
                .append("report_assets", new ArrayList<>())
                .append("created", now)
                .append("output", new Document())
                .append("execution", execution())
                .append("tags", new ArrayList<>())
                .append("system_tags", new ArrayList<>())
                .append("script", script())
                .append("last_update", now)
                .append("last_change", now)
                .append("last_changed_by", user)
                .append("last_iteration", 0)
                .append("last_metrics", new Document())
                .append("unique_metrics", new ArrayList<>())
                .append("metric_stats", new Document())
                .append("hyperparams", new Document())
                .append("configuration", new Document())
                .append("runtime", new Document())
                .append("models", models())
                .append("container", new Document());
    }

    /** The input models of a new task. */
    static List<?> inputModels(Document task) {
        return task.getEmbedded(List.of("models", "input"), List.of());
    }

    static Document execution() {
        return new Document("test_split", 0)
                .append("parameters", new Document())
                .append("model_desc", new Document())
                .append("model_labels", new Document())
                .append("artifacts", new Document());
    }

    private static Document script() {
        return new Document("binary", "python")
                .append("repository", "")
                .append("entry_point", "")
                .append("requirements", new Document());
    }

    private static Document models() {
        return new Document("input", new ArrayList<>()).append("output", new ArrayList<>());
    }

    /** The default of a member of an object; null when it has none. */
    static @Nullable Object of(String object, String member) {
        return switch (object) {
            case "execution" -> execution().get(member);
            case "script" -> script().get(member);
            case "models" -> models().get(member);
            default -> null;
        };
    }
}
