package clearml.apiserver.query;

import java.util.function.Supplier;

/** What a stored value is, so far as reading, projecting and filtering it depends on that. */
public sealed interface FieldType {

    /** The kinds of single values. */
    enum Scalar implements FieldType {
        STRING,
        INT,
        FLOAT,
        BOOL,
        DATE
    }

    /** Any JSON, answered as stored. */
    record Free() implements FieldType {}

    /** An array; {@code sorted} if it is always answered in ascending order. */
    record ListOf(FieldType item, boolean sorted) implements FieldType {}

    /** An object with keys made by users; {@code escapedKeys} if they are stored escaped ({@link KeyEscaping}). */
    record MapOf(FieldType value, boolean escapedKeys) implements FieldType {}

    /** An object with known members; others are never answered. */
    record Embedded(Fields fields) implements FieldType {}

    /** The id of another entity. */
    record Reference(Supplier<EntityModel> target) implements FieldType {

        public EntityModel entity() {
            return target.get();
        }
    }
}
