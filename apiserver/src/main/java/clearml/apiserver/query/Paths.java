package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import org.jspecify.annotations.Nullable;

/** Checks that a path of a request leads to something an entity has, and that it can do no harm in a query. */
final class Paths {

    private Paths() {}

    /** What a path leads to. Any type where users make the keys. 400/14 for a path that leads nowhere. */
    static FieldType resolve(EntityModel model, String path) {
        String[] parts = path.split("\\.", -1);
        FieldType type = new FieldType.Embedded(model.fields());
        for (String part : parts) {
            type = step(type, part);
        }
        return type;
    }

    static FieldType step(FieldType type, String part) {
        FieldType member = member(type, part);
        if (member == null || part.isEmpty() || part.charAt(0) == '$' || part.indexOf('\0') >= 0) {
            throw unresolved(part);
        }
        return member;
    }

    private static @Nullable FieldType member(FieldType type, String part) {
        if (type instanceof FieldType.Embedded embedded) {
            Field field = embedded.fields().get(part);
            return field == null ? null : field.type();
        }
        if (type instanceof FieldType.ListOf list) {
            return list.item() instanceof FieldType.Embedded ? member(list.item(), part) : list.item();
        }
        if (type instanceof FieldType.MapOf map) {
            return map.value();
        }
        return type instanceof FieldType.Free ? type : null;
    }

    /** The error for a part of a path that is nothing. */
    static ApiException unresolved(String part) {
        return ApiException.message(
                ApiError.INVALID_FIELDS,
                "Lookup error (probably an invalid field name or unsupported nested field): err=Cannot resolve field \""
                        + part + "\"");
    }
}
