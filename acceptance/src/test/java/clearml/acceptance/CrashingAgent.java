package clearml.acceptance;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes tasks from a queue and runs them as an agent does, and dies at any step; then another one begins in its place. */
final class CrashingAgent implements Runnable {

    /** What all agents have done together. */
    static final class Journal {

        final Map<String, AtomicInteger> completed = new ConcurrentHashMap<>();
        final Map<String, Thread> running = new ConcurrentHashMap<>();
        final Map<String, AtomicInteger> runAtOnce = new ConcurrentHashMap<>();
        final AtomicInteger crashes = new AtomicInteger();
        final AtomicBoolean over = new AtomicBoolean();

        private static void count(Map<String, AtomicInteger> counts, String task) {
            counts.computeIfAbsent(task, id -> new AtomicInteger()).incrementAndGet();
        }
    }

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Who gets its task later than this is slower than the servers wait for; it drops the task like one that died. */
    private static final long SOON = TimeUnit.SECONDS.toNanos(2);

    private final Api api;
    private final String queue;
    private final double crashing;
    private final Journal journal;

    /** @param crashing how likely it dies at each step, 0 to 1 */
    CrashingAgent(Api api, String queue, double crashing, Journal journal) {
        this.api = api;
        this.queue = queue;
        this.crashing = crashing;
        this.journal = journal;
    }

    @Override
    public void run() {
        while (!journal.over.get()) {
            try {
                var asked = System.nanoTime();
                var task = repeated("queues.get_next_task", Map.of("queue", queue))
                        .data()
                        .at("/entry/task")
                        .asString("");
                if (task.isEmpty()) {
                    pause(100);
                } else if (System.nanoTime() - asked < SOON) {
                    perform(task);
                }
            } catch (Crash e) {
                journal.crashes.incrementAndGet();
            }
        }
    }

    private void perform(String task) {
        mayCrash();
        if (!isOk(repeated("tasks.started", Map.of("task", task, "force", true)))) {
            return;
        }
        if (journal.running.putIfAbsent(task, Thread.currentThread()) != null) {
            Journal.count(journal.runAtOnce, task);
        }
        try {
            mayCrash();
            pause(ThreadLocalRandom.current().nextInt(30));
            mayCrash();
            if (isOk(repeated("tasks.completed", Map.of("task", task)))) {
                Journal.count(journal.completed, task);
            }
        } finally {
            journal.running.remove(task);
        }
        mayCrash();
    }

    /** As clients do: what got no answer is sent again. */
    private Answer repeated(String endpoint, Map<String, ?> body) {
        for (boolean again = false; !journal.over.get(); again = true) {
            try {
                var answer = api.call(endpoint, body);
                if (answer.status() < 500) {
                    return again && !isOk(answer) ? settled(endpoint, body, answer) : answer;
                }
            } catch (UncheckedIOException e) {
                pause(20);
            }
        }
        throw new Crash();
    }

    /** A repetition may be refused because the first call has done it. */
    private Answer settled(String endpoint, Map<String, ?> body, Answer refused) {
        if (!endpoint.equals("tasks.completed")) {
            return refused;
        }
        var now = repeated("tasks.get_by_id", body);
        return now.data().at("/task/status").asString("").equals("completed") ? now : refused;
    }

    private static boolean isOk(Answer answer) {
        return answer.status() == 200;
    }

    private void mayCrash() {
        if (ThreadLocalRandom.current().nextDouble() < crashing) {
            throw new Crash();
        }
    }

    private static void pause(int ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
