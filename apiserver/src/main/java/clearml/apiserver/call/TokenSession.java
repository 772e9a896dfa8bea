package clearml.apiserver.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The token behind a call: what is needed to revoke it. */
public record TokenSession(@Nullable String id, @Nullable Instant expires) {}
