package clearml.apiserver.call;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The JSON schema of a record, as {@code server.endpoints} shows it. */
final class RecordSchema {

    private RecordSchema() {}

    static Map<String, Object> of(Class<?> type) {
        Map<String, Object> properties = new TreeMap<>();
        List<String> required = new ArrayList<>();
        for (RecordShape.Member member : RecordShape.of(type).members()) {
            Field rules = member.component().getAnnotation(Field.class);
            Map<String, Object> schema = of(member.component().getGenericType());
            if (rules != null) {
                addRules(schema, rules);
                if (rules.required()) {
                    required.add(member.wireName());
                }
            }
            properties.put(member.wireName(), schema);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            Collections.sort(required);
            schema.put("required", required);
        }
        return schema;
    }

    private static void addRules(Map<String, Object> schema, Field rules) {
        if (!rules.or().isEmpty()) {
            schema.put("default", BodyReader.read(rules.or()));
        }
        if (rules.minItems() > 0) {
            schema.put("minItems", rules.minItems());
        }
        if (rules.minLength() > 0) {
            schema.put("minLength", rules.minLength());
        }
        if (rules.min() != Long.MIN_VALUE) {
            schema.put("minimum", rules.min());
        }
        if (rules.max() != Long.MAX_VALUE) {
            schema.put("maximum", rules.max());
        }
    }

    private static Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Map<String, Object> schema = of(generic.getRawType());
            if (generic.getRawType() == List.class) {
                schema.put("items", of(generic.getActualTypeArguments()[0]));
            }
            return schema;
        }
        return type instanceof Class<?> raw ? ofClass(raw) : new LinkedHashMap<>();
    }

    private static Map<String, Object> ofClass(Class<?> type) {
        if (type.isRecord()) {
            return of(type);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        if (type == String.class || type == LocalDateTime.class || type.isEnum()) {
            schema.put("type", "string");
        } else if (type == Boolean.class || type == boolean.class) {
            schema.put("type", "boolean");
        } else if (type == List.class) {
            schema.put("type", "array");
        } else if (type == Map.class) {
            schema.put("type", "object");
        } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            schema.put("type", "number");
        }
        if (type.isEnum()) {
            schema.put(
                    "enum",
                    Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                            .toList());
        }
        return schema;
    }
}
