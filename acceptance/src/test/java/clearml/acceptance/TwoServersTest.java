package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Two servers on the same stores, and clients of both that get into each other's way for some seconds
 * ({@code test.two.seconds}). What is left must make sense.
 */
class TwoServersTest {

    private static final int CLIENTS = 16;

    private final long seconds =
            Settings.find("test.two.seconds").map(Long::parseLong).orElse(20L);
    private final long seed = Settings.find("test.seed").map(Long::parseLong).orElseGet(System::nanoTime);
    private final SharedWork work = new SharedWork();
    private final Api first = Api.user();

    @Test
    void whateverClientsOfBothDoAtOnceTheStoresStayConsistent() throws Exception {
        var second = Api.at(Server.second()).login(Server.underTest().user());
        work.prepare(first);
        run(List.of(first, second));

        System.out.println("two servers, seed " + seed + ": " + new TreeMap<>(work.answers));
        assertThat(work.serverErrors).as("server errors with seed %s", seed).isEmpty();
        var left = Left.of(work, first);
        assertThat(left.wrongStatuses()).as("statuses with seed %s", seed).isEmpty();
        assertThat(left.wrongQueues()).as("queues with seed %s", seed).isEmpty();
        assertThat(left.wrongProjects()).as("projects with seed %s", seed).isEmpty();
        assertThat(left.wrongReferences()).as("references with seed %s", seed).isEmpty();
        assertThat(left.lostUpdates()).as("lost updates with seed %s", seed).isEmpty();
    }

    private void run(List<Api> servers) throws Exception {
        var end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Callable<Void>> clients = new ArrayList<>();
        for (int i = 1; i <= CLIENTS; i++) {
            var client = work.new Client(servers, i, new Random(seed + i));
            clients.add(() -> {
                while (System.nanoTime() < end) {
                    client.step();
                }
                return null;
            });
        }
        var pool = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (var client : pool.invokeAll(clients)) {
                client.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** What is in the stores afterwards. */
    private record Left(
            SharedWork work,
            Map<String, JsonNode> tasks,
            Map<String, JsonNode> models,
            Map<String, JsonNode> projects,
            Map<String, List<String>> queues) {

        static Left of(SharedWork work, Api api) {
            var queues = new TreeMap<String, List<String>>();
            work.queues.forEach(queue -> queues.put(
                    queue,
                    api.call("queues.get_by_id", Map.of("queue", queue))
                            .ok()
                            .data()
                            .at("/queue/entries")
                            .valueStream()
                            .map(entry -> entry.path("task").asString())
                            .toList()));
            var projects = new TreeMap<String, JsonNode>();
            var fields = List.of("id", "name", "basename", "parent", "path");
            var named = Map.of("name", "^" + work.root, "only_fields", fields);
            api.call("projects.get_all", named)
                    .ok()
                    .data()
                    .path("projects")
                    .forEach(row -> projects.put(row.path("id").asString(), row));
            return new Left(
                    work,
                    byId(api, "tasks", work.histories.keySet()),
                    byId(api, "models", work.models),
                    projects,
                    queues);
        }

        private static Map<String, JsonNode> byId(Api api, String what, Iterable<String> ids) {
            var rows = new TreeMap<String, JsonNode>();
            var all = new ArrayList<String>();
            ids.forEach(all::add);
            for (int from = 0; from < all.size(); from += 400) {
                var some = all.subList(from, Math.min(all.size(), from + 400));
                api.call(what + ".get_all", Map.of("id", some))
                        .ok()
                        .data()
                        .path(what)
                        .forEach(row -> rows.put(row.path("id").asString(), row));
            }
            return rows;
        }

        /** Histories that no order of legal steps explains. */
        List<String> wrongStatuses() {
            List<String> wrong = new ArrayList<>();
            work.histories.forEach((task, history) -> {
                var row = tasks.get(task);
                var status = row == null ? null : row.path("status").asString();
                if (!history.canEndAs(status)) {
                    wrong.add(task + " is " + status + " after " + history);
                }
            });
            return wrong;
        }

        List<String> wrongQueues() {
            List<String> wrong = new ArrayList<>();
            Map<String, Integer> entries = new TreeMap<>();
            queues.values().forEach(some -> some.forEach(task -> entries.merge(task, 1, Integer::sum)));
            tasks.forEach((id, task) -> {
                var queued = task.path("status").asString().equals("queued");
                if (queued && entries.getOrDefault(id, 0) != 1) {
                    wrong.add(id + " is queued and has " + entries.getOrDefault(id, 0) + " entries: "
                            + work.histories.get(id));
                }
            });
            entries.forEach((task, count) -> {
                if (count > 1 || !tasks.containsKey(task)) {
                    wrong.add(task + " has " + count + " entries and is there: " + tasks.containsKey(task));
                }
            });
            return wrong;
        }

        /** Names and paths that are not those of the parent and a part more. */
        List<String> wrongProjects() {
            List<String> wrong = new ArrayList<>();
            Set<String> names = new HashSet<>();
            projects.forEach((id, project) -> {
                var name = project.path("name").asString();
                if (!names.add(name)) {
                    wrong.add("twice: " + project);
                }
                if (name.equals(work.root)) {
                    return;
                }
                var parent = projects.get(project.path("parent").asString());
                if (parent == null
                        || !name.equals(parent.path("name").asString() + "/"
                                + project.path("basename").asString())
                        || !path(project)
                                .equals(Stream.concat(
                                                path(parent).stream(),
                                                Stream.of(parent.path("id").asString()))
                                        .toList())) {
                    wrong.add(project + " below " + parent);
                }
            });
            return wrong;
        }

        private static List<String> path(JsonNode project) {
            return project.path("path").valueStream().map(JsonNode::asString).toList();
        }

        List<String> wrongReferences() {
            List<String> wrong = new ArrayList<>();
            Set<String> usable = new HashSet<>(models.keySet());
            usable.addAll(work.goneWhenUsed);
            tasks.forEach((id, task) -> {
                require(task.path("parent"), tasks.keySet(), "parent of task " + id, wrong);
                require(task.path("project"), projects.keySet(), "project of task " + id, wrong);
                Stream.of("input", "output")
                        .forEach(type -> task.path("models")
                                .path(type)
                                .forEach(item -> require(item.path("model"), usable, type + " of task " + id, wrong)));
            });
            models.forEach((id, model) -> {
                require(model.path("task"), tasks.keySet(), "task of model " + id, wrong);
                require(model.path("project"), projects.keySet(), "project of model " + id, wrong);
            });
            return wrong;
        }

        private static void require(JsonNode reference, Set<String> there, String what, List<String> wrong) {
            if (reference.isString()
                    && !reference.asString().startsWith("__DELETED__")
                    && !there.contains(reference.asString())) {
                wrong.add(what + " is " + reference);
            }
        }

        /** Tags and parameters that a client was told are stored, and that a task that is still there lacks. */
        List<String> lostUpdates() {
            List<String> lost = new ArrayList<>();
            work.tags.forEach(added -> {
                var task = tasks.get(added.split(" ")[0]);
                var tag = added.split(" ")[1];
                if (task != null
                        && task.path("tags")
                                .valueStream()
                                .noneMatch(each -> each.asString().equals(tag))) {
                    lost.add("tag " + added);
                }
            });
            work.parameters.forEach(added -> {
                var task = tasks.get(added.split(" ")[0]);
                if (task != null && !task.path("hyperparams").path("Args").has(added.split(" ")[1])) {
                    lost.add("parameter " + added);
                }
            });
            return lost;
        }
    }
}
