package clearml.apiserver.query;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Which members of an object are answered: the named ones, or ({@code rest}) all but those named as {@link #NONE}.
 * Below a reference, the members are those of the referenced document, which is joined then.
 */
final class Projection {

    /** The whole value; of a reference its id. */
    static final Projection ALL = new Projection(true, Map.of());

    /** Not this. */
    static final Projection NONE = new Projection(false, Map.of());

    private final boolean rest;
    private final Map<String, Projection> members;

    Projection(boolean rest, Map<String, Projection> members) {
        this.rest = rest;
        this.members = members;
    }

    /** What of a member is answered; null if it is not. */
    @Nullable
    Projection member(String name) {
        Projection member = members.get(name);
        if (member == null) {
            return rest ? ALL : null;
        }
        return member == NONE ? null : member;
    }

    /** This with another projection of one member. */
    Projection with(String name, Projection member) {
        Map<String, Projection> more = new LinkedHashMap<>(members);
        more.put(name, member);
        return new Projection(rest, more);
    }

    /** Whether a reference with this projection must be looked up, as more than its id is wanted. */
    boolean joins() {
        return this != ALL && (rest || members.keySet().stream().anyMatch(name -> !name.equals("id")));
    }

    /** What of this leads to references that are looked up; null if nothing does. */
    @Nullable
    Projection joined(FieldType of) {
        if (of instanceof FieldType.ListOf list) {
            return joined(list.item());
        }
        if (of instanceof FieldType.Reference) {
            return joins() ? this : null;
        }
        Map<String, Projection> leading = new LinkedHashMap<>();
        members.forEach((name, member) -> {
            FieldType type = of instanceof FieldType.MapOf map
                    ? map.value()
                    : of instanceof FieldType.Embedded embedded ? type(embedded.fields(), name) : null;
            Projection below = type == null || member == NONE ? null : member.joined(type);
            if (below != null) {
                leading.put(name, below);
            }
        });
        return leading.isEmpty() ? null : new Projection(false, leading);
    }

    /** Whether all is answered but for what is named. */
    boolean isWhole() {
        return rest;
    }

    /** The same for MongoDB: documents without what will not be answered; null for all of it. */
    @Nullable
    Document forMongo(Fields fields) {
        Document projection = new Document();
        if (rest) {
            exclude(projection, "", fields);
            return projection.isEmpty() ? null : projection;
        }
        include(projection, "", fields);
        if (projection.isEmpty()) {
            projection.put("_id", 1);
        }
        return projection;
    }

    private void exclude(Document projection, String prefix, @Nullable Fields fields) {
        for (Map.Entry<String, Projection> member : members.entrySet()) {
            String path = prefix + member.getKey();
            FieldType type = type(fields, member.getKey());
            if (member.getValue() == NONE) {
                projection.put(EntityModel.stored(path), 0);
            } else if (member.getValue().rest && !(type instanceof FieldType.Reference)) {
                member.getValue().exclude(projection, path + ".", below(type));
            }
        }
    }

    private void include(Document projection, String prefix, @Nullable Fields fields) {
        for (Map.Entry<String, Projection> member : members.entrySet()) {
            Projection wanted = member.getValue();
            if (wanted == NONE) {
                continue;
            }
            String path = prefix + member.getKey();
            FieldType type = type(fields, member.getKey());
            if (wanted.rest || type instanceof FieldType.Reference) {
                projection.put(EntityModel.stored(path), 1);
            } else {
                wanted.include(projection, path + ".", below(type));
            }
        }
    }

    private static @Nullable FieldType type(@Nullable Fields fields, String name) {
        Field field = fields == null ? null : fields.get(name);
        return field == null ? null : field.type();
    }

    private static @Nullable Fields below(@Nullable FieldType type) {
        if (type instanceof FieldType.ListOf list) {
            return below(list.item());
        }
        return type instanceof FieldType.Embedded embedded ? embedded.fields() : null;
    }
}
