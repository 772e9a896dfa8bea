package clearml.apiserver.queues;

import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * A task that is about to come into a queue, or has left it before its status tells so.
 *
 * @param added since when it waits; null where that is not known
 * @param setsQueue whether the queue is still to be noted in the task
 */
public record Unsettled(
        String task, String queue, String company, @Nullable Date added, boolean setsQueue) {}
