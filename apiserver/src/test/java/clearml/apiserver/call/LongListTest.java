package clearml.apiserver.call;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.query.MemoryMongo;
import clearml.apiserver.query.Page;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.entities.Entities;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletOutputStream;
import org.springframework.mock.web.MockHttpServletResponse;

/** What a list of whole tasks takes while it is answered. */
class LongListTest {

    private static final int TASKS = 500;

    @Test
    void a_list_of_500_whole_tasks_needs_no_more_than_three_times_its_json() throws IOException {
        try (MemoryMongo mongo = new MemoryMongo()) {
            mongo.insert("task", tasks());
            mongo.insert("project", "{_id: 'p', name: 'a project', company: 'c'}");
            Map<String, Object> request = Map.of("page", 0, "page_size", TASKS);
            mongo.queries().getAllJoined(Entities.TASK, request, Scope.own("c")).held();
            long before = used();
            Page page = mongo.queries().getAllJoined(Entities.TASK, request, Scope.own("c"));
            Answer answer = new Answer();
            new Envelope(new ErrorStacks(false, List.of())).writeData(new Call(null), answer, page.as("tasks"));
            assertThat(page.rows()).hasSize(TASKS);
            assertThat(answer.length).isGreaterThan(TASKS * 6_000);
            assertThat(answer.used - before).isLessThan(3L * answer.length);
        }
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Looks how much is used when the answer is complete and nothing of it is sent. */
    private static final class Answer extends MockHttpServletResponse {
        private long used;
        private int length;

        @Override
        public void setContentLength(int bytes) {
            length = bytes;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            used = used();
            return new DelegatingServletOutputStream(java.io.OutputStream.nullOutputStream());
        }
    }

    private static List<Document> tasks() {
        List<Document> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            Document parameters = new Document();
            Document metrics = new Document();
            for (int j = 0; j < 20; j++) {
                parameters.append(
                        "parameter " + j,
                        new Document("section", "Args")
                                .append("name", "parameter " + j)
                                .append("value", "" + i * j));
                Document metric = new Document("metric", "metric " + j)
                        .append("variant", "train")
                        .append("value", i / (j + 1.0))
                        .append("min_value", 0.1)
                        .append("max_value", 0.9)
                        .append("count", 100);
                metrics.append("metric" + j, new Document("variant" + j, metric));
            }
            tasks.add(new Document("_id", "task" + i)
                    .append("name", "task " + i)
                    .append("company", "c")
                    .append("project", "p")
                    .append("created", new Date(i))
                    .append("hyperparams", new Document("Args", parameters))
                    .append("last_metrics", metrics)
                    .append("script", new Document("diff", "+ a line of the diff\n".repeat(100))));
        }
        return tasks;
    }
}
