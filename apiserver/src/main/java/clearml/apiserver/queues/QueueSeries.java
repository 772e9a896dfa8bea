package clearml.apiserver.queues;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured of one queue, or of all together, over time. */
final class QueueSeries {

    /** @param waiting mean waiting time of the tasks in a queue, in s */
    record Measured(double waiting, long length) {

        static Measured of(Map<String, @Nullable Object> document) {
            return new Measured(
                    number(document.get("average_waiting_time")).doubleValue(),
                    number(document.get("queue_length")).longValue());
        }

        private static Number number(@Nullable Object value) {
            return value instanceof Number number ? number : 0;
        }
    }

    private final String queue;
    private final List<Long> dates = new ArrayList<>();
    private final List<Double> waitingTimes = new ArrayList<>();
    private final List<Long> lengths = new ArrayList<>();

    QueueSeries(String queue) {
        this.queue = queue;
    }

    void add(long date, Measured measured) {
        dates.add(date);
        waitingTimes.add(measured.waiting());
        lengths.add(measured.length());
    }

    Map<String, Object> answer() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("queue", queue);
        answer.put("dates", dates);
        answer.put("avg_waiting_times", waitingTimes);
        answer.put("queue_lengths", lengths);
        return answer;
    }
}
