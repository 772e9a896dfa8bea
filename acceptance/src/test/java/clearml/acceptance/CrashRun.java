package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Agents that die at any step, answers that get lost, servers that are killed, users who enqueue meanwhile: all of it until
 * every task is completed. {@code test.crash.tasks} and {@code test.crash.agents} say how large.
 */
final class CrashRun {

    private static final int TASKS = number("test.crash.tasks", 60);
    private static final int AGENTS = number("test.crash.agents", 12);
    private static final int KILLS = 1 + TASKS / 250;
    private static final double CRASHING = 0.05;
    private static final double LOSING = 0.05;
    private static final int MOST_LISTED = 500;
    private static final int MOST_TOLD = 5;
    private static final Duration AT_MOST = Duration.ofSeconds(120 + TASKS / 2);

    /**
     * What goes wrong beside the agents.
     *
     * @param killed servers that are killed in turn; the stores of one that has its own are elsewhere after its restart
     * @param atEachKill done right before
     * @param always done a few times a second
     */
    record Trouble(String name, List<StandaloneServer> killed, Runnable atEachKill, Runnable always) {}

    private final Trouble trouble;
    private final List<StandaloneServer> servers;
    private final Api user;
    private final String queue;
    private final CrashingAgent.Journal journal = new CrashingAgent.Journal();
    private final List<String> tasks = new CopyOnWriteArrayList<>();
    private final Set<String> completed = ConcurrentHashMap.newKeySet();
    private final Set<String> handedOut = new HashSet<>();
    private final Queue<String> wrongOrders = new ConcurrentLinkedQueue<>();

    CrashRun(Trouble trouble, List<StandaloneServer> servers, Api user, String queue) {
        this.trouble = trouble;
        this.servers = servers;
        this.user = user;
        this.queue = queue;
    }

    private static int number(String setting, int otherwise) {
        return Settings.find(setting).map(Integer::parseInt).orElse(otherwise);
    }

    void run() throws IOException {
        var start = System.nanoTime();
        var addresses = servers.stream().map(server -> server.server().api()).toList();
        try (var proxy = new DroppingProxy(addresses, LOSING, journal.histories)) {
            var through = Api.at(proxy.address()).bearer(user.token());
            enqueue(through, TASKS / 2);
            start("user", () -> enqueue(through, TASKS - TASKS / 2));
            start("watcher", this::watch);
            for (int i = 0; i < AGENTS; i++) {
                start("agent-" + i, new CrashingAgent(through.worker("machine-" + i), queue, CRASHING, journal));
            }
            int kills = killServers();
            awaitCompletion(start + AT_MOST.toNanos());
            journal.over.set(true);
            System.out.printf(
                    "%s: %d tasks, %d agents, %d crashes, %d lost answers, %d servers killed, %d s%n",
                    trouble.name(),
                    TASKS,
                    AGENTS,
                    journal.crashes.get(),
                    proxy.lost.get(),
                    kills,
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
        } finally {
            journal.over.set(true);
        }
        check();
    }

    private static void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** As users do who get no answer: they look before they try again. */
    private void enqueue(Api through, int count) {
        var client = new Repeating(through, () -> !journal.over.get());
        for (int i = 0; i < count; i++) {
            var task = client.call("tasks.create", Map.of("name", "acceptance task", "type", "training"))
                    .answer()
                    .data()
                    .path("id")
                    .asString();
            // Before an agent can have it.
            tasks.add(task);
            do {
                once(through, "tasks.enqueue", Map.of("task", task, "queue", queue));
            } while (client.status(task).equals("created"));
        }
    }

    /** What the server answered, empty when it did not. */
    private static JsonNode once(Api api, String endpoint, Map<String, ?> body) {
        try {
            var answer = api.call(endpoint, body);
            return answer.status() == 200 ? answer.data() : Api.JSON.createObjectNode();
        } catch (UncheckedIOException e) {
            return Api.JSON.createObjectNode();
        }
    }

    private int killServers() {
        int kills = 0;
        Waiting.pause(500);
        do {
            trouble.atEachKill().run();
            var victim = trouble.killed().get(kills++ % trouble.killed().size());
            victim.kill();
            journal.histories.add("-- a server was killed");
            victim.start();
            journal.histories.add("-- it is there again");
        } while (kills < KILLS && !isCompleted());
        return kills;
    }

    private void awaitCompletion(long end) {
        while (!isCompleted() || !journal.completed.keySet().containsAll(tasks)) {
            assertThat(System.nanoTime()).as(() -> "not completed: " + left()).isLessThan(end);
            Waiting.pause(300);
        }
    }

    private boolean isCompleted() {
        if (tasks.size() < TASKS) {
            return false;
        }
        completed.addAll(having("completed"));
        return completed.size() == TASKS;
    }

    private String left() {
        var left = new HashMap<String, Object>();
        List.of("created", "queued", "in_progress", "stopped").forEach(status -> left.put(status, having(status)));
        var some = new ArrayList<>(tasks);
        some.removeAll(journal.completed.keySet());
        return left + ", in the queue " + queue() + "\n" + told(some);
    }

    private void watch() {
        while (!journal.over.get()) {
            trouble.always().run();
            // What the watchdog has stopped is enqueued again by its user.
            having("stopped").forEach(task -> {
                journal.stopped(task);
                var answer = once(user, "tasks.enqueue", Map.of("task", task, "queue", queue));
                journal.histories.add(task, "watcher tasks.enqueue: " + answer.path("queued"));
            });
            lookAtOrder();
            Waiting.pause(300);
        }
    }

    private List<String> having(String status) {
        var left = new ArrayList<>(tasks);
        left.removeAll(completed);
        var ids = new ArrayList<String>();
        for (int from = 0; from < left.size(); from += MOST_LISTED) {
            var some = left.subList(from, Math.min(left.size(), from + MOST_LISTED));
            var request = Map.of("id", some, "status", List.of(status), "only_fields", List.of("id"));
            once(user, "tasks.get_all", request)
                    .path("tasks")
                    .forEach(task -> ids.add(task.path("id").asString()));
        }
        return ids;
    }

    private JsonNode queue() {
        return once(user, "queues.get_by_id", Map.of("queue", queue, "pulled", true))
                .path("queue");
    }

    /** Those that nobody has ever got are in the order in which they were enqueued, and nothing is there twice. */
    private void lookAtOrder() {
        var now = queue();
        now.path("pulled").forEach(entry -> handedOut.add(entry.path("task").asString()));
        // What was started since then is known to its agent.
        handedOut.addAll(journal.gotten);
        var entries = new ArrayList<String>();
        now.path("entries").forEach(entry -> entries.add(entry.path("task").asString()));
        if (new HashSet<>(entries).size() < entries.size()) {
            wrongOrders.add("twice: " + entries);
        }
        entries.removeAll(handedOut);
        var wanted = new ArrayList<>(tasks);
        wanted.retainAll(new HashSet<>(entries));
        if (!entries.equals(wanted)) {
            wrongOrders.add(entries + " instead of " + wanted);
        }
    }

    private void check() {
        var entries = queue().path("entries")
                .valueStream()
                .map(entry -> entry.path("task").asString());
        assertThat(entries.toList()).as("what is completed waits nowhere").isEmpty();
        requireNone("tasks that two agents ran at once", journal.runAtOnce.keySet());
        assertThat(journal.completed.keySet()).containsExactlyInAnyOrderElementsOf(tasks);
        var twice = new HashMap<>(journal.completed);
        twice.values().removeIf(times -> times.get() == 1);
        requireNone("tasks that were completed twice", twice.keySet());
        assertThat(wrongOrders).as("orders").isEmpty();
        assertThat(journal.crashes.get()).as("crashes").isPositive();
    }

    private void requireNone(String what, Set<String> wrong) {
        assertThat(wrong).as(() -> what + "\n" + told(wrong)).isEmpty();
    }

    /** All that is known of the first few of these tasks. */
    private String told(Collection<String> some) {
        var few = some.stream().limit(MOST_TOLD).toList();
        return journal.histories.of(few)
                + servers.stream().map(server -> logged(server, few)).collect(Collectors.joining());
    }

    private static String logged(StandaloneServer server, Collection<String> some) {
        try (var lines = Files.lines(server.log())) {
            return lines.filter(line -> some.stream().anyMatch(line::contains))
                    .map(line -> "\n" + server.log().getParent().getFileName() + ": " + line)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
