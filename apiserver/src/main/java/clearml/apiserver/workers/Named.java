package clearml.apiserver.workers;

import org.jspecify.annotations.Nullable;

/**
 * Something with an id and, where it is known, a name.
 *
 * @param name null where only the id is known
 */
public record Named(String id, @Nullable String name) {}
