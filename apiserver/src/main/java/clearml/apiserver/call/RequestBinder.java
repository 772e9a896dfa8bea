package clearml.apiserver.call;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a typed request out of a raw one, by the coercions of the specification (10-core section 3): the one place where
 * they are.
 *
 * <p>Component types: {@code String}, {@code Integer}/{@code Long} (truncated), {@code Double}, {@code Boolean} (by
 * truthiness), {@code List<T>}, {@code Map<String, Object>}, {@code Map<String, T>}, enums (constants in lower case on
 * the wire), nested records, {@code Object} (anything). Lists and maps are never null. A primitive component takes 0 or
 * false for null.
 */
public final class RequestBinder {

    private RequestBinder() {}

    /** Binds a request; 400/12 names the first member that does not fit. */
    public static <T> T bind(Class<T> type, Map<String, ? extends @Nullable Object> request) {
        return type.cast(record(type, request));
    }

    private static Object record(Class<?> type, Map<String, ? extends @Nullable Object> request) {
        RecordShape shape = RecordShape.of(type);
        @Nullable Object[] values = new Object[shape.members().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = member(shape.members().get(i), request);
        }
        return shape.create(values);
    }

    private static @Nullable Object member(RecordShape.Member member, Map<String, ? extends @Nullable Object> request) {
        String name = member.wireName();
        Field rules = member.component().getAnnotation(Field.class);
        Class<?> type = member.component().getType();
        Object given = request.get(name);
        if (given == null && rules != null && rules.required()) {
            throw invalid(name, "field is required!");
        }
        if (given == null && (!request.containsKey(name) || isContainer(type))) {
            given = rules == null || rules.or().isEmpty() ? null : BodyReader.read(rules.or());
        }
        Object value = given == null
                ? emptyValue(type)
                : new Coercion(name, rules).to(member.component().getGenericType(), given);
        checkBounds(name, rules, value);
        return value;
    }

    private static boolean isContainer(Class<?> type) {
        return type == List.class || type == Map.class;
    }

    private static @Nullable Object emptyValue(Class<?> type) {
        if (type == List.class) {
            return new ArrayList<>();
        }
        if (type == Map.class) {
            return new LinkedHashMap<>();
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? (Object) 0L : type == double.class ? (Object) 0.0 : null;
    }

    private static void checkBounds(String name, @Nullable Field rules, @Nullable Object value) {
        if (rules == null || value == null) {
            return;
        }
        if (value instanceof List<?> list && list.size() < rules.minItems()) {
            throw tooShort(name, PythonText.repr(list), rules.minItems());
        }
        if (value instanceof String text && text.length() < rules.minLength()) {
            throw tooShort(name, text, rules.minLength());
        }
        if (value instanceof Number number && number.doubleValue() < rules.min()) {
            throw invalid(name, "'" + number + "' is lower than minimum ('" + rules.min() + "').");
        }
        if (value instanceof Number number && number.doubleValue() > rules.max()) {
            throw invalid(name, "'" + number + "' is bigger than maximum ('" + rules.max() + "').");
        }
    }

    private static ApiException tooShort(String name, String value, int minimum) {
        return invalid(name, "value '" + value + "' length is lower than allowed minimum '" + minimum + "'.");
    }

    static ApiException invalid(String field, String reason) {
        return ApiError.VALIDATION_ERROR.of("error for field '" + field + "': " + reason);
    }

    /** The coercions of one member. */
    private record Coercion(String name, @Nullable Field rules) {

        Object to(Type type, Object value) {
            if (type instanceof ParameterizedType generic) {
                return toContainer(generic, value);
            }
            Class<?> raw = (Class<?>) type;
            if (raw == String.class) {
                return text(value);
            }
            if (raw == Boolean.class || raw == boolean.class) {
                requireExact(value instanceof Boolean, "bool", value);
                return truth(value);
            }
            if (raw == Integer.class || raw == int.class) {
                return Math.toIntExact(inIntRange(integer(value)));
            }
            if (raw == Long.class || raw == long.class) {
                return integer(value);
            }
            if (raw == Double.class || raw == double.class) {
                return decimal(value);
            }
            return toObject(raw, value);
        }

        private Object toObject(Class<?> raw, Object value) {
            if (raw.isEnum()) {
                return constant(raw, value);
            }
            if (raw.isRecord()) {
                return record(raw, object(value));
            }
            if (raw == Map.class) {
                return object(value);
            }
            if (raw == List.class) {
                return list(value);
            }
            return value;
        }

        private Object toContainer(ParameterizedType type, Object value) {
            if (type.getRawType() == List.class) {
                return listOf(type.getActualTypeArguments()[0], list(value));
            }
            return mapOf(type.getActualTypeArguments()[1], object(value));
        }

        private Object listOf(Type itemType, List<? extends @Nullable Object> items) {
            if (itemType == Object.class) {
                return items;
            }
            List<@Nullable Object> converted = new ArrayList<>(items.size());
            for (Object item : items) {
                if (item == null) {
                    throw wrongType(itemType == String.class ? "str" : typeName(itemType), null);
                }
                converted.add(to(itemType, item));
            }
            return converted;
        }

        private Object mapOf(Type valueType, Map<String, ? extends @Nullable Object> entries) {
            if (valueType == Object.class) {
                return entries;
            }
            Map<String, @Nullable Object> converted = new LinkedHashMap<>();
            entries.forEach((key, entry) -> converted.put(key, entry == null ? null : to(valueType, entry)));
            return converted;
        }

        private String text(Object value) {
            if (value instanceof String text) {
                return text;
            }
            boolean scalar = value instanceof Number || value instanceof Boolean;
            if (scalar && rules != null && rules.lenientText()) {
                return PythonText.str(value);
            }
            throw wrongType("str", value);
        }

        private void requireExact(boolean isExact, String expected, Object value) {
            if (rules != null && rules.exact() && !isExact) {
                throw wrongType(expected, value);
            }
        }

        private long integer(Object value) {
            requireExact(value instanceof Number number && number.doubleValue() % 1 == 0, "int", value);
            if (value instanceof Boolean flag) {
                return flag ? 1 : 0;
            }
            if (value instanceof Integer || value instanceof Long) {
                return ((Number) value).longValue();
            }
            if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
                return number.longValue();
            }
            if (value instanceof String text) {
                return parsed(text);
            }
            throw wrongType("int", value);
        }

        private long parsed(String text) {
            try {
                return Long.parseLong(text.strip());
            } catch (NumberFormatException e) {
                throw wrongType("int", text);
            }
        }

        private long inIntRange(long value) {
            if (value != (int) value) {
                throw invalid(name, "'" + value + "' is out of range.");
            }
            return value;
        }

        private double decimal(Object value) {
            if (value instanceof Number number) {
                return number.doubleValue();
            }
            throw wrongType("float", value);
        }

        private Object constant(Class<?> type, Object value) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(value)) {
                    return constant;
                }
            }
            throw invalid(name, "value '" + PythonText.str(value) + "' is not a valid choice.");
        }

        private List<? extends @Nullable Object> list(Object value) {
            if (value instanceof List<?> list) {
                return list;
            }
            if (value instanceof Map<?, ?> map && map.isEmpty()) {
                // Taken for an empty list, as by the reference.
                return List.of();
            }
            throw wrongType("list", value);
        }

        @SuppressWarnings("unchecked")
        private Map<String, @Nullable Object> object(Object value) {
            if (value instanceof Map) {
                return (Map<String, @Nullable Object>) value;
            }
            throw wrongType("dict", value);
        }

        private ApiException wrongType(String expected, @Nullable Object value) {
            return invalid(
                    name, "('value is wrong, expected type \"" + expected + "\"', " + PythonText.repr(value) + ").");
        }

        private static String typeName(Type type) {
            return type instanceof Class<?> raw ? raw.getSimpleName().toLowerCase(Locale.ROOT) : type.getTypeName();
        }
    }

    /** What Python takes for true: anything but null, false, 0, and the empty string, list and object. */
    public static boolean truth(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return value != null && !(value instanceof List<?> list && list.isEmpty());
    }
}
