package clearml.apiserver.events;

import clearml.apiserver.call.Call;
import clearml.apiserver.call.PythonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The ids of log lines. No line replaces another; but lines that are sent again, because their call got no answer or an
 * error, get the ids that they had, so that those which had been stored are not there twice. Calls are the same when all
 * their lines are, down to the milliseconds that the clients put in them; once acknowledged, the same are new lines.
 */
@Component
class LogIds {

    private static final List<String> PARTS =
            List.of("task", "timestamp", "worker", "level", "metric", "variant", "msg");

    private final Acknowledged acknowledged = new Acknowledged();

    /** Of events as they were sent. */
    OfCall of(List<Event> events) {
        Md5 all = new Md5();
        boolean any = false;
        for (Event event : events) {
            if (EventType.LOG.wireName().equals(event.get("type"))) {
                any = true;
                add(all, event);
            }
        }
        return any ? new OfCall(all.hex()) : new OfCall("");
    }

    private static void add(Md5 all, Event line) {
        if (line.get("timestamp") == null) {
            // Nothing tells it from another with the same text.
            all.add(Call.newId());
        }
        PARTS.forEach(part -> all.add(PythonText.str(line.get(part))));
    }

    /** The ids of one call, or of a part of it. */
    final class OfCall {

        private final String lines;
        private final String prefix;
        private int next;

        private OfCall(String lines) {
            this.lines = lines;
            this.prefix = lines + "-" + acknowledged.times(lines) + "-";
        }

        String next() {
            return Md5.hex(prefix + next++);
        }

        /** To be called when the client can know that the lines are stored. */
        void acknowledge() {
            if (!lines.isEmpty()) {
                acknowledged.add(lines);
            }
        }
    }

    /** How often the same lines were acknowledged, of the last calls. */
    private static final class Acknowledged {

        private static final int KEPT = 10_000;

        private final Map<String, Integer> times = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                return size() > KEPT;
            }
        };

        synchronized int times(String lines) {
            return times.getOrDefault(lines, 0);
        }

        synchronized void add(String lines) {
            times.merge(lines, 1, Integer::sum);
        }
    }
}
