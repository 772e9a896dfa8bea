package clearml.apiserver.projects;

import clearml.apiserver.projects.ProjectContents.Kind;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** Counts the tasks of projects by status, and their runs. One aggregation for all projects of an answer. */
@Component
class ProjectStats {

    private static final List<String> NOT_RUN = List.of("queued", "in_progress", "failed");
    private static final long DAY_MS = Duration.ofHours(24).toMillis();

    private final ProjectContents contents;

    ProjectStats(ProjectContents contents) {
        this.contents = contents;
    }

    /** The figures of the tasks that lie directly in each of the projects; none for projects without. */
    Map<String, TaskFigures> of(Collection<String> projects, Bson tasks) {
        Map<String, TaskFigures> figures = new HashMap<>();
        for (Document row : aggregated(projects, tasks)) {
            Document key = row.get("_id", new Document());
            figures.computeIfAbsent(String.valueOf(key.get("project")), id -> new TaskFigures())
                    .add(
                            key.getString("status"),
                            ProjectContents.number(row, "count"),
                            row.get("runtime") instanceof Number runtime ? runtime : 0,
                            ProjectContents.number(row, "recent"),
                            row.get("last") instanceof Date last ? last : null);
        }
        return figures;
    }

    private List<Document> aggregated(Collection<String> projects, Bson tasks) {
        Date dayAgo = new Date(System.currentTimeMillis() - DAY_MS);
        List<Bson> pipeline = List.of(
                Aggregates.match(Filters.and(Filters.in("project", projects), tasks)),
                Aggregates.group(
                        new Document("project", "$project").append("status", "$status"),
                        Accumulators.sum("count", 1),
                        Accumulators.sum("runtime", seconds()),
                        Accumulators.sum("recent", recent(dayAgo)),
                        Accumulators.max("last", "$started")));
        return contents.of(Kind.TASK).aggregate(pipeline).into(new ArrayList<>());
    }

    /** Whole seconds from start to completion; 0 for a task that has not both, in this order. */
    private static Document seconds() {
        Document both = new Document(
                "$and",
                List.of(
                        new Document("$gt", List.of("$started", new Document("$literal", new Date(0)))),
                        new Document("$gt", List.of("$completed", "$started"))));
        Document milliseconds = new Document("$subtract", List.of("$completed", "$started"));
        Document whole = new Document("$floor", new Document("$divide", List.of(milliseconds, 1000)));
        return new Document("$cond", List.of(both, whole, 0));
    }

    private static Document recent(Date dayAgo) {
        Document completed = new Document(
                "$and",
                List.of(
                        new Document("$gt", List.of("$completed", dayAgo)),
                        new Document("$not", List.of(new Document("$in", List.of("$status", NOT_RUN))))));
        return new Document("$cond", List.of(completed, 1, 0));
    }
}
