package clearml.apiserver.events;

import clearml.apiserver.call.PythonText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The id of an event's document. The same task, iteration, metric, variant and key again replaces the document. Log
 * lines have {@link LogIds}.
 */
final class EventId {

    private static final List<String> PARTS = List.of("task", "iter", "metric", "variant", "key");

    private EventId() {}

    static String of(Map<String, ? extends @Nullable Object> event) {
        StringBuilder text = new StringBuilder();
        for (String part : PARTS) {
            if (event.containsKey(part)) {
                text.append(text.isEmpty() ? "" : "-").append(PythonText.str(event.get(part)));
            }
        }
        return Md5.hex(text.toString());
    }
}
