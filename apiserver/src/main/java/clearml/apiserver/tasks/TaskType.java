package clearml.apiserver.tasks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a task does. */
enum TaskType {
    TRAINING,
    TESTING,
    INFERENCE,
    DATA_PROCESSING,
    APPLICATION,
    MONITOR,
    CONTROLLER,
    REPORT,
    OPTIMIZER,
    SERVICE,
    QC,
    CUSTOM;

    /** The value in documents and on the wire. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static boolean isOne(@Nullable Object text) {
        for (TaskType type : values()) {
            if (type.text().equals(text)) {
                return true;
            }
        }
        return false;
    }
}
