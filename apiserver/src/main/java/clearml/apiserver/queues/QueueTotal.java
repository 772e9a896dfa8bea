package clearml.apiserver.queues;

import clearml.apiserver.queues.QueueSeries.Measured;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** All queues together. A queue that was not measured in an interval counts with what was measured last. */
final class QueueTotal {

    private final Map<String, Measured> last = new HashMap<>();

    /** @param shown from when on there are points, in epoch ms */
    QueueSeries over(Map<Long, Map<String, Measured>> measured, long shown) {
        QueueSeries total = new QueueSeries("total");
        measured.forEach((date, queues) -> {
            last.putAll(queues);
            if (date >= shown) {
                total.add(date, total(last.values()));
            }
        });
        return total;
    }

    /** Longer queues count more. */
    private static Measured total(Collection<Measured> queues) {
        long length = queues.stream().mapToLong(Measured::length).sum();
        double waiting = queues.stream()
                .mapToDouble(queue -> queue.waiting() * queue.length())
                .sum();
        return new Measured(length == 0 ? 0 : waiting / length, length);
    }
}
