package clearml.acceptance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened to each of many tasks: kept in memory, and only told of those with which something is wrong. */
final class Histories {

    private final long start = System.nanoTime();
    private final Map<String, Queue<Step>> tasks = new ConcurrentHashMap<>();
    private final Queue<Step> everywhere = new ConcurrentLinkedQueue<>();

    private record Step(long at, String what) {

        private String told() {
            return String.format(Locale.ROOT, "%9.4f s  %s", at / 1e9, what);
        }
    }

    void add(String task, String what) {
        tasks.computeIfAbsent(task, id -> new ConcurrentLinkedQueue<>()).add(step(what));
    }

    /** What concerns all tasks, as the end of a server. */
    void add(String what) {
        everywhere.add(step(what));
    }

    private Step step(String what) {
        return new Step(System.nanoTime() - start, what);
    }

    /** Of each task, in the order in which it happened. */
    String of(Collection<String> some) {
        return some.stream().map(this::of).collect(Collectors.joining("\n"));
    }

    private String of(String task) {
        var own = List.copyOf(tasks.getOrDefault(task, new ConcurrentLinkedQueue<>()));
        var all = new ArrayList<>(own);
        if (!own.isEmpty()) {
            long first = own.get(0).at();
            everywhere.stream().filter(step -> step.at() >= first).forEach(all::add);
        }
        all.sort(Comparator.comparingLong(Step::at));
        return Stream.concat(Stream.of("task " + task), all.stream().map(Step::told))
                .collect(Collectors.joining("\n    "));
    }
}
