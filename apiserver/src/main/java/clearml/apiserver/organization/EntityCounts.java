package clearml.apiserver.organization;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.projects.ProjectsOfUsers;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Scope;
import clearml.config.ServerConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bson.Document;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Counts by several criteria, some at the same time. */
@Component
class EntityCounts implements DisposableBean {

    private static final Document NOT_HIDDEN = new Document("system_tags", new Document("$ne", "hidden"));

    private final EntityQueries queries;
    private final ProjectsOfUsers projectsOfUsers;
    private final ExecutorService threads;
    private final boolean parallel;

    EntityCounts(EntityQueries queries, ProjectsOfUsers projectsOfUsers, ServerConfig config) {
        this.queries = queries;
        this.projectsOfUsers = projectsOfUsers;
        int atOnce = config.integer("services.organization.max_entities_count_concurrency");
        this.parallel = atOnce > 0;
        this.threads = Executors.newFixedThreadPool(Math.max(1, atOnce), work -> {
            Thread thread = new Thread(work, "counts");
            thread.setDaemon(true);
            return thread;
        });
    }

    Map<String, Object> count(CountsApi.Request request, Map<Countable, Map<String, Object>> criteria, String company) {
        Executor executor = parallel ? threads : Runnable::run;
        Map<Countable, CompletableFuture<Long>> running = new LinkedHashMap<>();
        criteria.forEach((what, filter) ->
                running.put(what, CompletableFuture.supplyAsync(() -> one(what, filter, request, company), executor)));
        Map<String, Object> answer = new LinkedHashMap<>();
        Map<String, String> errors = new LinkedHashMap<>();
        running.forEach((what, number) -> {
            try {
                answer.put(what.member(), number.join());
            } catch (CompletionException e) {
                errors.put(what.member(), text(Objects.requireNonNullElse(e.getCause(), e)));
            }
        });
        if (!errors.isEmpty()) {
            answer.put("errors", errors);
        }
        return answer;
    }

    private long one(Countable what, Map<String, Object> criteria, CountsApi.Request request, String company) {
        Scope scope = request.allowPublic() ? Scope.ownAndPublic(company) : Scope.own(company);
        if (what.mayBeHidden() && !request.searchHidden()) {
            scope = scope.and(NOT_HIDDEN);
        }
        Map<String, Object> query = new HashMap<>(criteria);
        if (what.type() != null) {
            query.put("type", what.type());
        }
        List<String> users = request.activeUsers();
        if (!users.isEmpty() && what.ofProjects()) {
            Set<String> active = projectsOfUsers.find(users, criteria.get("id"), scope);
            if (active.isEmpty()) {
                return 0;
            }
            query.put("id", List.copyOf(active));
        } else if (!users.isEmpty()) {
            query.putIfAbsent("user", users);
        }
        return queries.count(what.entity(), query, scope, request.limit() == null ? 0 : request.limit());
    }

    private static String text(Throwable failure) {
        if (failure instanceof ApiException error && error.error() == ApiError.INVALID_REGEX_ERROR) {
            return String.valueOf(error.arguments().get("err"));
        }
        return String.valueOf(failure.getMessage());
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
