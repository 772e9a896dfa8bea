package clearml.apiserver.query;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A known member of a stored object.
 *
 * @param initial makes the value answered when the member is missing or null; null if it is left out then
 * @param always whether an object with known members is answered, with their defaults, even when it is missing
 */
record Field(String name, FieldType type, @Nullable Supplier<Object> initial, boolean always) {}
