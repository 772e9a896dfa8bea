package clearml.apiserver.events;

import clearml.apiserver.call.FileAnswer;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.SearchAnswer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** A whole console log as a file, written while it is read. */
@Component
class LogDownload {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();

    private final EventSearch search;

    LogDownload(EventSearch search) {
        this.search = search;
    }

    /** One event as a line with its end. */
    @FunctionalInterface
    interface Lines {
        String line(Map<String, @Nullable Object> event);
    }

    static Lines json() {
        return event -> {
            event.remove("type");
            event.remove("task");
            return JSON.writeValueAsString(event) + "\n";
        };
    }

    static Lines text(LineFormat format) {
        return format::fill;
    }

    FileAnswer of(ReadableEntity entity, Lines lines) {
        EventScope scope = EventScope.of(entity, EventType.LOG);
        search.prepare(scope);
        return new FileAnswer(
                "text/plain; charset=utf-8", "task_" + entity.id() + ".log", out -> write(scope, lines, out));
    }

    private void write(EventScope scope, Lines lines, OutputStream out) throws IOException {
        Map<String, Object> query = EventQuery.ofTasks(scope.tasks()).query();
        List<Map<String, Object>> order = List.of(Queries.sort("timestamp", "asc"));
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        try (EventPages pages = new EventPages(search.cluster(), scope, query, true, order)) {
            List<Map<String, @Nullable Object>> hits;
            while (!(hits = pages.next()).isEmpty()) {
                for (var event : SearchAnswer.of(hits).sources()) {
                    event.put("asctime", event.remove("timestamp"));
                    writer.write(lines.line(event));
                }
            }
        }
        writer.flush();
    }
}
