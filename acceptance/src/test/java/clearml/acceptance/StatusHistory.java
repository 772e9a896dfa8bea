package clearml.acceptance;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What clients were told about the status of one task, and whether there is an order in which it can have happened: each
 * change between its call and its answer, and each from a status that allows it.
 */
final class StatusHistory {

    /** From where each report may be made, by the specification's table of transitions. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "started", Set.of("created", "queued", "in_progress", "stopped", "completed"),
            "stopped", Set.of("in_progress", "queued", "stopped", "closed", "failed"),
            "stop", Set.of("in_progress", "queued", "stopped", "closed", "failed"),
            "failed", Set.of("in_progress", "stopped", "closed", "failed"),
            "completed", Set.of("in_progress", "stopped", "completed"),
            "close", Set.of("stopped", "closed"),
            "publish", Set.of("stopped", "closed", "failed", "completed"),
            "enqueue", Set.of("created", "stopped", "failed", "queued"),
            "dequeue", Set.of("queued", "in_progress"),
            "reset", Set.of("created", "queued", "in_progress", "stopped", "closed", "failed", "completed", "unknown"));

    /**
     * A change that a server told of.
     *
     * @param certain whether it took place for sure; else it may have, for a moment
     */
    record Change(String endpoint, String status, long called, long answered, boolean certain) {}

    private final List<Change> changes = new ArrayList<>();

    static boolean knows(String endpoint) {
        return ALLOWED.containsKey(endpoint);
    }

    synchronized void add(Change change) {
        changes.add(change);
    }

    /** Whether a task that was a draft at first can have the status in the end; {@code null} for any. */
    synchronized boolean canEndAs(String status) {
        var sorted = new ArrayList<>(changes);
        sorted.sort(Comparator.comparingLong(Change::called));
        return new Search(sorted, status).from(new BitSet(), "created");
    }

    @Override
    public synchronized String toString() {
        return changes.stream()
                .sorted(Comparator.comparingLong(Change::called))
                .map(change -> "%n  %d-%d %s -> %s%s"
                        .formatted(
                                change.called / 1000,
                                change.answered / 1000,
                                change.endpoint,
                                change.status,
                                change.certain ? "" : "?"))
                .toList()
                .toString();
    }

    /** Tries the orders that the times allow; an order that led nowhere is not tried twice. */
    private record Search(List<Change> changes, String end, Set<List<Object>> tried) {

        Search(List<Change> changes, String end) {
            this(changes, end, new HashSet<>());
        }

        boolean from(BitSet done, String status) {
            if (!tried.add(List.of(done.clone(), status))) {
                return false;
            }
            boolean complete = true;
            long firstAnswer = Long.MAX_VALUE;
            for (int i = done.nextClearBit(0); i < changes.size(); i = done.nextClearBit(i + 1)) {
                if (changes.get(i).called > firstAnswer) {
                    break;
                }
                if (changes.get(i).certain) {
                    complete = false;
                    firstAnswer = Math.min(firstAnswer, changes.get(i).answered);
                }
            }
            if (complete && (end == null || end.equals(status))) {
                return true;
            }
            for (int i = done.nextClearBit(0); i < changes.size(); i = done.nextClearBit(i + 1)) {
                var next = changes.get(i);
                if (next.called > firstAnswer) {
                    break;
                }
                if (ALLOWED.get(next.endpoint).contains(status) && with(done, i, next.status)) {
                    return true;
                }
                if (!next.certain && with(done, i, status)) {
                    return true;
                }
            }
            return false;
        }

        private boolean with(BitSet done, int next, String status) {
            var more = (BitSet) done.clone();
            more.set(next);
            return from(more, status);
        }
    }
}
