package clearml.acceptance;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes tasks from a queue and runs them as an agent does, and dies at any step; then another one begins in its place. */
final class CrashingAgent implements Runnable {

    /** What all agents have done together. */
    static final class Journal {

        final Set<String> gotten = ConcurrentHashMap.newKeySet();
        final Map<String, AtomicInteger> completed = new ConcurrentHashMap<>();
        final Map<String, AtomicInteger> runAtOnce = new ConcurrentHashMap<>();
        final AtomicInteger crashes = new AtomicInteger();
        final AtomicBoolean over = new AtomicBoolean();
        final Histories histories = new Histories();
        private final Map<String, Thread> running = new ConcurrentHashMap<>();

        /** The watchdog has stopped it: whoever still runs it ends that, as agents do. */
        void stopped(String task) {
            var runs = running.remove(task);
            histories.add(task, "seen stopped" + (runs == null ? "" : ", " + runs.getName() + " is to end it"));
        }

        private void begin(String task) {
            var other = running.putIfAbsent(task, Thread.currentThread());
            note(task, other == null ? "begins" : "begins, while " + other.getName() + " runs it");
            if (other != null) {
                count(runAtOnce, task);
            }
        }

        private void end(String task) {
            running.remove(task, Thread.currentThread());
        }

        private void complete(String task) {
            note(task, "has completed it");
            count(completed, task);
        }

        private void note(String task, String what) {
            histories.add(task, Thread.currentThread().getName() + " " + what);
        }

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
    private final Repeating calls;

    /** @param crashing how likely it dies at each step, 0 to 1 */
    CrashingAgent(Api api, String queue, double crashing, Journal journal) {
        this.api = api;
        this.queue = queue;
        this.crashing = crashing;
        this.journal = journal;
        this.calls = new Repeating(api, () -> !journal.over.get());
    }

    @Override
    public void run() {
        while (!journal.over.get()) {
            try {
                var asked = System.nanoTime();
                var task = calls.call("queues.get_next_task", Map.of("queue", queue))
                        .answer()
                        .data()
                        .at("/entry/task")
                        .asString("");
                if (task.isEmpty()) {
                    Waiting.pause(100);
                } else {
                    journal.gotten.add(task);
                    perform(task, asked);
                }
            } catch (Crash e) {
                journal.crashes.incrementAndGet();
            } catch (CancellationException e) {
                // It is over, or its run was stopped.
            }
        }
    }

    private void perform(String task, long asked) {
        mayCrash(task);
        var soon = new Repeating(api, () -> !journal.over.get() && System.nanoTime() - asked < SOON);
        if (!soon.call("tasks.started", Map.of("task", task, "force", true)).isOk()
                || System.nanoTime() - asked > SOON) {
            journal.note(task, "drops it");
            return;
        }
        journal.begin(task);
        try {
            mayCrash(task);
            Waiting.pause(ThreadLocalRandom.current().nextInt(30));
            mayCrash(task);
            complete(task);
        } finally {
            journal.end(task);
        }
        mayCrash(task);
    }

    private void complete(String task) {
        var mine = new Repeating(api, () -> !journal.over.get() && journal.running.get(task) == Thread.currentThread());
        var done = mine.call("tasks.completed", Map.of("task", task));
        // A repetition may be refused because the first call has done it.
        if (done.isOk() || (done.repeated() && mine.status(task).equals("completed"))) {
            journal.complete(task);
        }
    }

    private void mayCrash(String task) {
        if (ThreadLocalRandom.current().nextDouble() < crashing) {
            journal.note(task, "dies");
            throw new Crash();
        }
    }
}
