package clearml.acceptance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Tasks, models, projects and queues that many clients work on at once, and what the servers told these of it. */
final class SharedWork {

    private static final int TASKS = 30;
    private static final int PROJECTS = 15;
    private static final int MODELS = 12;

    final String root = "two servers " + UUID.randomUUID();
    final List<String> queues = new CopyOnWriteArrayList<>();
    final Map<String, StatusHistory> histories = new ConcurrentHashMap<>();
    /** What must be there in the end, as {@code "<task> <tag>"}. */
    final Queue<String> tags = new ConcurrentLinkedQueue<>();
    /** The same for hyperparameters. */
    final Queue<String> parameters = new ConcurrentLinkedQueue<>();

    final Queue<String> models = new ConcurrentLinkedQueue<>();
    /**
     * Models that may have been gone when a client gave them to a task, which no server checks: tasks may refer to them for
     * ever.
     */
    final Set<String> goneWhenUsed = ConcurrentHashMap.newKeySet();

    final Queue<String> serverErrors = new ConcurrentLinkedQueue<>();
    /** How often each call got which answer. */
    final Map<String, Integer> answers = new ConcurrentHashMap<>();

    private final List<String> liveTasks = new CopyOnWriteArrayList<>();
    private final List<String> liveModels = new CopyOnWriteArrayList<>();
    private final List<String> liveProjects = new CopyOnWriteArrayList<>();

    /** Makes what there is in the beginning. */
    void prepare(Api api) {
        var client = new Client(List.of(api), 0, new Random(0));
        for (int i = 0; i < 3; i++) {
            queues.add(api.call("queues.create", Map.of("name", root + " " + i))
                    .ok()
                    .data()
                    .path("id")
                    .asString());
        }
        api.call("projects.create", Map.of("name", root)).ok();
        for (int i = 0; i < PROJECTS; i++) {
            client.createProject();
        }
        for (int i = 0; i < TASKS; i++) {
            client.createTask();
        }
    }

    /** One of those who work on it at once. */
    final class Client {

        private final List<Api> servers;
        private final int number;
        private final Random random;
        private int count;

        Client(List<Api> servers, int number, Random random) {
            this.servers = servers;
            this.number = number;
            this.random = random;
        }

        void step() {
            switch (random.nextInt(30)) {
                case 0, 1, 2, 3, 4, 5, 6 ->
                    report(pick("started", "stopped", "failed", "completed", "close", "stop", "publish", "reset"));
                case 7, 8, 9 -> report("enqueue");
                case 10 -> changeQueue();
                case 11, 12 -> report("dequeue");
                case 13, 14, 15 -> addTag();
                case 16, 17, 18 -> addParameter();
                case 19, 20 -> createTask();
                case 21 -> deleteTask();
                case 22 -> moveTask();
                case 23 -> cloneTask();
                case 24 -> createProject();
                case 25 -> renameProject();
                case 26 -> moveProject();
                case 27 -> endProject();
                case 28 -> useModel();
                default -> endModel();
            }
        }

        private void report(String endpoint) {
            var task = any(liveTasks);
            var history = task == null ? null : histories.get(task);
            if (history == null) {
                return;
            }
            Map<String, Object> body = new HashMap<>(Map.of("task", task));
            if (endpoint.equals("enqueue")) {
                body.put("queue", any(queues));
            }
            if (endpoint.equals("dequeue")) {
                body.put("remove_from_all_queues", true);
            }
            long called = System.nanoTime();
            var answer = call("tasks." + endpoint, body);
            long answered = System.nanoTime();
            if (answer.status() == 200 && answer.data().path("updated").asInt() == 1) {
                var status = answer.data().at("/fields/status").asString();
                history.add(new StatusHistory.Change(endpoint, status, called, answered, true));
            } else if (endpoint.equals("enqueue") && answer.code().equals("400/121")) {
                history.add(new StatusHistory.Change(endpoint, "queued", called, answered, false));
            }
        }

        private void changeQueue() {
            var task = any(liveTasks);
            if (task != null) {
                call(
                        "queues.move_task_to_queue",
                        Map.of("task", task, "queue", any(queues), "target_queue", any(queues)));
            }
        }

        private void addTag() {
            var tag = "c" + number + "-" + count++;
            var task = any(liveTasks);
            if (task != null
                    && call("tasks.update_tags", Map.of("ids", List.of(task), "add_tags", List.of(tag)))
                                    .status()
                            == 200) {
                tags.add(task + " " + tag);
            }
        }

        private void addParameter() {
            var name = "p" + number + "-" + count++;
            var item = Map.of("section", "Args", "name", name, "value", "1");
            var task = any(liveTasks);
            if (task != null
                    && call("tasks.edit_hyper_params", Map.of("task", task, "hyperparams", List.of(item)))
                                    .status()
                            == 200) {
                parameters.add(task + " " + name);
            }
        }

        void createTask() {
            if (liveTasks.size() > TASKS) {
                return;
            }
            Map<String, Object> body = new HashMap<>(Map.of("name", "shared task", "type", "training"));
            putIfAny(body, "project", liveProjects);
            putIfAny(body, "parent", liveTasks);
            var model = any(liveModels);
            if (model != null && random.nextBoolean()) {
                body.put("models", Map.of("input", List.of(Map.of("name", "in", "model", model))));
            }
            remember(call("tasks.create", body));
        }

        private void remember(Answer created) {
            if (created.status() == 200) {
                var id = created.data().path("id").asString();
                histories.put(id, new StatusHistory());
                liveTasks.add(id);
            }
        }

        private void cloneTask() {
            var task = any(liveTasks);
            if (task != null && liveTasks.size() <= TASKS) {
                remember(call("tasks.clone", Map.of("task", task)));
            }
        }

        private void deleteTask() {
            var task = any(liveTasks);
            if (task != null
                    && call("tasks.delete", Map.of("task", task, "force", random.nextInt(3) == 0))
                                    .status()
                            == 200) {
                liveTasks.remove(task);
            }
        }

        private void moveTask() {
            var task = any(liveTasks);
            var project = any(liveProjects);
            if (task != null && project != null) {
                call("tasks.move", Map.of("ids", List.of(task), "project", project));
            }
        }

        void createProject() {
            if (liveProjects.size() > PROJECTS) {
                return;
            }
            var answer = call("projects.create", Map.of("name", location() + "/project " + number + " " + count++));
            if (answer.status() == 200) {
                liveProjects.add(answer.data().path("id").asString());
            }
        }

        /** The name, as it was a moment ago, of the root or a project below it. */
        private String location() {
            var project = any(liveProjects);
            if (project == null || random.nextInt(3) == 0) {
                return root;
            }
            var name = nameOf(project);
            return name == null ? root : name;
        }

        private @Nullable String nameOf(String project) {
            var answer = call("projects.get_by_id", Map.of("project", project));
            return answer.status() == 200 ? answer.data().at("/project/name").asString() : null;
        }

        private void renameProject() {
            var project = any(liveProjects);
            var name = project == null ? null : nameOf(project);
            if (name != null) {
                var location = name.substring(0, name.lastIndexOf('/') + 1);
                call("projects.update", Map.of("project", project, "name", location + "renamed " + number + count++));
            }
        }

        private void moveProject() {
            var project = any(liveProjects);
            if (project != null) {
                call("projects.move", Map.of("project", project, "new_location", location()));
            }
        }

        private void endProject() {
            var project = any(liveProjects);
            var other = any(liveProjects);
            if (project == null || liveProjects.size() < PROJECTS / 2) {
                return;
            }
            var answer = random.nextBoolean()
                    ? call("projects.merge", Map.of("project", project, "destination_project", other))
                    : call(
                            "projects.delete",
                            Map.of("project", project, "force", true, "delete_contents", random.nextInt(3) == 0));
            if (answer.status() == 200) {
                liveProjects.remove(project);
            }
        }

        private void useModel() {
            var task = any(liveTasks);
            if (task == null) {
                return;
            }
            var model = any(liveModels);
            if (model == null || liveModels.size() < MODELS) {
                Map<String, Object> body = new HashMap<>(Map.of("name", "shared model", "uri", "x://y", "task", task));
                body.put("ready", random.nextBoolean());
                putIfAny(body, "project", liveProjects);
                var answer = call("models.create", body);
                if (answer.status() != 200) {
                    return;
                }
                model = answer.data().path("id").asString();
                models.add(model);
                liveModels.add(model);
            }
            var type = pick("input", "output");
            call("tasks.add_or_update_model", Map.of("task", task, "name", type, "model", model, "type", type));
            if (call("models.get_by_id", Map.of("model", model)).status() != 200) {
                goneWhenUsed.add(model);
            }
        }

        private void endModel() {
            var model = any(liveModels);
            if (model != null
                    && call("models.delete", Map.of("model", model, "force", random.nextBoolean()))
                                    .status()
                            == 200) {
                liveModels.remove(model);
            }
        }

        private Answer call(String endpoint, Map<String, ?> body) {
            var answer = servers.get(random.nextInt(servers.size())).call(endpoint, body);
            answers.merge(endpoint + " " + answer.code(), 1, Integer::sum);
            if (answer.status() >= 500) {
                serverErrors.add(endpoint + " " + body + ": " + answer.message());
            }
            forget(answer, body);
            return answer;
        }

        /** Projects take their tasks and models with them when they go. */
        private void forget(Answer answer, Map<String, ?> body) {
            switch (answer.code()) {
                case "400/101", "400/10" -> liveTasks.remove(body.get("task"));
                case "400/201" -> liveModels.remove(body.get("model"));
                case "400/401" -> liveProjects.remove(body.get("project"));
                default -> {}
            }
        }

        private void putIfAny(Map<String, Object> body, String name, List<String> choices) {
            var choice = any(choices);
            if (choice != null && random.nextInt(3) > 0) {
                body.put(name, choice);
            }
        }

        private @Nullable String any(List<String> choices) {
            var now = choices.toArray(String[]::new);
            return now.length == 0 ? null : now[random.nextInt(now.length)];
        }

        private String pick(String... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }
}
