package clearml.apiserver.events;

import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * A task or model that takes events.
 *
 * @param runningSince when the task started, while it is in progress; null else
 */
record EventEntity(String id, boolean model, @Nullable Date runningSince) {}
