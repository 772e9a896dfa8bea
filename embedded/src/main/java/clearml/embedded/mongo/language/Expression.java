package clearml.embedded.mongo.language;

import org.jspecify.annotations.Nullable;

/** A compiled aggregation expression. */
interface Expression {

    /** The value, {@link Values#MISSING} when there is none. */
    @Nullable
    Object evaluate(Scope scope);
}
