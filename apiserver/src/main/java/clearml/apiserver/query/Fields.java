package clearml.apiserver.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The known members of a stored object. */
public final class Fields {

    private static final FieldType FREE = new FieldType.Free();

    private final Map<String, Field> byName;
    private final List<Field> withDefault;

    private Fields(Map<String, Field> byName) {
        this.byName = byName;
        this.withDefault = byName.values().stream()
                .filter(field -> field.initial() != null || field.always())
                .toList();
    }

    public static Builder of() {
        return new Builder();
    }

    public Set<String> names() {
        return byName.keySet();
    }

    @Nullable
    Field get(String name) {
        return byName.get(name);
    }

    /** The members that are answered even if they are not stored. */
    Collection<Field> withDefault() {
        return withDefault;
    }

    /** Collects members in the order in which missing ones are answered. */
    public static final class Builder {

        private final Map<String, Field> byName = new LinkedHashMap<>();

        public Builder strings(String... names) {
            return scalars(FieldType.Scalar.STRING, names);
        }

        public Builder dates(String... names) {
            return scalars(FieldType.Scalar.DATE, names);
        }

        public Builder ints(String... names) {
            return scalars(FieldType.Scalar.INT, names);
        }

        public Builder floats(String... names) {
            return scalars(FieldType.Scalar.FLOAT, names);
        }

        private Builder scalars(FieldType type, String... names) {
            for (String name : names) {
                add(name, type, null);
            }
            return this;
        }

        public Builder string(String name, String initial) {
            return add(name, FieldType.Scalar.STRING, () -> initial);
        }

        public Builder integer(String name, int initial) {
            return add(name, FieldType.Scalar.INT, () -> initial);
        }

        public Builder bool(String name, boolean initial) {
            return add(name, FieldType.Scalar.BOOL, () -> initial);
        }

        public Builder reference(String name, Supplier<EntityModel> target) {
            return add(name, new FieldType.Reference(target), null);
        }

        /** An array of texts. */
        public Builder stringList(String name) {
            return list(name, FieldType.Scalar.STRING);
        }

        /** An array of texts that is always answered in ascending order. */
        public Builder sortedStrings(String name) {
            return add(name, new FieldType.ListOf(FieldType.Scalar.STRING, true), ArrayList::new);
        }

        public Builder list(String name, FieldType item) {
            return add(name, new FieldType.ListOf(item, false), ArrayList::new);
        }

        public Builder map(String name, FieldType value) {
            return add(name, new FieldType.MapOf(value, false), LinkedHashMap::new);
        }

        /** An object whose keys are stored escaped. */
        public Builder escapedMap(String name, FieldType value) {
            return add(name, new FieldType.MapOf(value, true), LinkedHashMap::new);
        }

        /** An object of any JSON; empty when missing. */
        public Builder freeMap(String name) {
            return map(name, FREE);
        }

        /** Any JSON; left out when missing. */
        public Builder free(String... names) {
            return scalars(FREE, names);
        }

        /** Any JSON with a text as its default. */
        public Builder free(String name, String initial) {
            return add(name, FREE, () -> initial);
        }

        /** An object with known members that is answered, with their defaults, even if it is missing. */
        public Builder embedded(String name, Builder members) {
            byName.put(name, new Field(name, new FieldType.Embedded(members.build()), null, true));
            return this;
        }

        /** An object with known members that is left out when missing. */
        public Builder optional(String name, Builder members) {
            return add(name, new FieldType.Embedded(members.build()), null);
        }

        private Builder add(String name, FieldType type, @Nullable Supplier<Object> initial) {
            byName.put(name, new Field(name, type, initial, false));
            return this;
        }

        public Fields build() {
            return new Fields(byName);
        }
    }
}
