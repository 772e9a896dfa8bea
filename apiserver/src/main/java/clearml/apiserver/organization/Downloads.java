package clearml.apiserver.organization;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.FileAnswer;
import clearml.apiserver.models.ModelLists;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.entities.Entities;
import clearml.apiserver.tasks.TaskQueries;
import clearml.config.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** Keeps what is to be downloaded in Redis for a while, and writes it page by page. */
@Component
class Downloads {

    private static final String KEY = "get_all_download_";
    private static final String SETTINGS = "services.organization.download.";

    private final TaskQueries tasks;
    private final ModelLists models;
    private final EntityQueries queries;
    private final StringRedisTemplate redis;
    private final Duration kept;
    private final int batch;
    private final int most;
    private final int longestName;

    Downloads(
            TaskQueries tasks,
            ModelLists models,
            EntityQueries queries,
            StringRedisTemplate redis,
            ServerConfig config) {
        this.tasks = tasks;
        this.models = models;
        this.queries = queries;
        this.redis = redis;
        this.kept = config.duration(SETTINGS + "redis_timeout_sec");
        this.batch = config.integer(SETTINGS + "batch_size");
        this.most = config.integer(SETTINGS + "max_download_items");
        this.longestName = config.integer(SETTINGS + "max_project_name_length");
    }

    /** Asks for one row, so that a wrong query is an error now and not in a file. */
    void prepare(String id, Table table, String company, ApiVersion version) {
        rows(table.page(0, 1), table.type(), company, version);
        redis.opsForValue().set(KEY + id, table.json(), kept);
    }

    FileAnswer file(String id, String company, ApiVersion version) {
        Table table = stored(id);
        List<Map<String, Object>> first = rows(table.page(0, batch), table.type(), company, version);
        return new FileAnswer(
                "text/csv; charset=utf-8",
                "clearml" + ofProject(table, company) + "-" + table.type().plural() + ".csv",
                out -> write(table, first, company, version, out));
    }

    private Table stored(String id) {
        String json = redis.opsForValue().get(KEY + id);
        if (json == null) {
            throw ApiError.INVALID_ID.of("prepare ID not found").with("prepare_id", id);
        }
        return Table.of(json);
    }

    private List<Map<String, Object>> rows(
            Map<String, @Nullable Object> query, TableType type, String company, ApiVersion version) {
        return switch (type) {
            case TASK -> tasks.getAllJoined(query, company, version).rows();
            case MODEL -> models.joined(query, company, version).rows();
        };
    }

    private void write(
            Table table, List<Map<String, Object>> first, String company, ApiVersion version, OutputStream out)
            throws IOException {
        CsvWriter csv = new CsvWriter(out);
        if (first.isEmpty()) {
            csv.headerAlone(table.header());
        } else {
            csv.header(table.header());
        }
        List<Map<String, Object>> rows = first;
        int written = 0;
        for (int page = 1; !rows.isEmpty(); page++) {
            for (Map<String, Object> row : rows.subList(0, Math.min(rows.size(), most - written))) {
                csv.row(table.values(row));
                written++;
            }
            boolean more = rows.size() == batch && written < most;
            rows = more ? rows(table.page(page, batch), table.type(), company, version) : List.of();
        }
        csv.flush();
    }

    /** The name of the one project that was asked for, if it was one. */
    private String ofProject(Table table, String company) {
        Object wanted = table.project();
        if (wanted instanceof List<?> list && list.size() == 1) {
            wanted = list.get(0);
            if (wanted == null) {
                return "-root";
            }
        }
        return wanted instanceof String id ? basename(id, company) : "";
    }

    private String basename(String project, String company) {
        return queries.getById(Entities.PROJECT, project, Scope.ownAndPublic(company))
                .map(found -> found.get("basename"))
                .map(name -> "-"
                        + name.toString()
                                .substring(
                                        0, Math.min(longestName, name.toString().length())))
                .orElse("");
    }
}
