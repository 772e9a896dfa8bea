package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the paths a request asks for: {@code name}, {@code script.*}, {@code -runtime}, and in the joined form
 * {@code project.name}. A path and its prefix together: the prefix wins.
 */
final class ProjectionPaths {

    /** A tree of paths. */
    private static final class Node {
        private final Map<String, Node> members = new LinkedHashMap<>();
        private boolean whole;

        void add(List<String> path) {
            Node node = this;
            for (String part : path) {
                node = node.members.computeIfAbsent(part, name -> new Node());
            }
            node.whole = true;
        }
    }

    private final EntityModel model;
    private final boolean joined;
    private final Node included = new Node();
    private final Node excluded = new Node();

    private ProjectionPaths(EntityModel model, boolean joined) {
        this.model = model;
        this.joined = joined;
    }

    /** The projection that a request's {@code projection} or else {@code only_fields} asks for. */
    static Projection of(EntityModel model, Map<String, ?> request, boolean joined) {
        List<String> paths = paths(request.get("projection"));
        return of(model, paths.isEmpty() ? paths(request.get("only_fields")) : paths, joined);
    }

    static Projection of(EntityModel model, List<String> paths, boolean joined) {
        if (paths.isEmpty()) {
            return withoutHidden(model);
        }
        List<String> stored = paths.stream().map(model.rewriting()::apply).toList();
        ProjectionPaths tree = new ProjectionPaths(model, joined);
        if (joined) {
            checkNames(model, stored);
        }
        stored.forEach(tree::add);
        return tree.build();
    }

    private static Projection withoutHidden(EntityModel model) {
        Map<String, Projection> members = new LinkedHashMap<>();
        model.hidden().forEach(name -> members.put(name, Projection.NONE));
        return new Projection(true, members);
    }

    /** A text is taken letter by letter and an object as its keys, as the reference does. */
    static List<String> paths(@Nullable Object value) {
        if (value instanceof String text) {
            return Arrays.asList(text.isEmpty() ? new String[0] : text.split(""));
        }
        Collection<?> items = value instanceof Map<?, ?> map
                ? map.keySet()
                : value instanceof Collection<?> collection ? collection : List.of();
        List<String> paths = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof String path)) {
                throw ApiError.FIELDS_VALUE_ERROR
                        .of("field names must be strings")
                        .with("value", item);
            }
            paths.add(path);
        }
        return paths;
    }

    private static void checkNames(EntityModel model, List<String> paths) {
        List<String> unknown = new ArrayList<>();
        for (String path : paths) {
            if (path.isEmpty()) {
                throw ApiError.INVALID_FIELDS.with("field", path).with("object", model.name());
            }
            String first = unsigned(path).split("\\.", -1)[0];
            boolean known = first.equals("*") || model.fields().get(first) != null;
            if (!known && unknown.stream().noneMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "."))) {
                unknown.add(path);
            }
        }
        if (!unknown.isEmpty()) {
            throw unknown(unknown, model);
        }
    }

    private static ApiException unknown(List<String> paths, EntityModel model) {
        return ApiError.INVALID_FIELDS.with("fields", paths).with("object", model.name());
    }

    private static String unsigned(String path) {
        return path.startsWith("-") ? path.substring(1) : path;
    }

    private void add(String path) {
        boolean exclude = path.startsWith("-");
        List<String> parts = new ArrayList<>(Arrays.asList(unsigned(path).split("\\.", -1)));
        if (joined && parts.size() == 1 && parts.get(0).equals("*")) {
            included.whole = true;
            return;
        }
        int reference = check(parts);
        if (exclude && reference < parts.size()) {
            // the reference answers the bare reference here, and nothing else
            included.add(parts.subList(0, reference));
        } else {
            (exclude ? excluded : included).add(parts);
        }
    }

    /**
     * Checks a path, drops a {@code .*} at its end unless that stands for all of a referenced document, and returns
     * how many parts lead to the last reference before its end (all of them if there is none).
     */
    private int check(List<String> parts) {
        EntityModel owner = model;
        FieldType type = new FieldType.Embedded(model.fields());
        int reference = parts.size();
        for (int i = 0; i < parts.size(); i++) {
            if (joined && type instanceof FieldType.Reference target) {
                reference = i;
                owner = target.entity();
                type = new FieldType.Embedded(owner.fields());
                if (!parts.get(i).equals("*") && owner.fields().get(parts.get(i)) == null) {
                    throw unknown(List.of(String.join(".", parts.subList(i, parts.size()))), owner);
                }
            }
            if (joined
                    && parts.get(i).equals("*")
                    && i == parts.size() - 1
                    && i > 0
                    && !(type instanceof FieldType.Scalar)) {
                if (!(owner != model && ((FieldType.Embedded) type).fields() == owner.fields())) {
                    parts.remove(i);
                }
                return Math.min(reference, parts.size());
            }
            type = Paths.step(type, parts.get(i));
        }
        return reference;
    }

    private Projection build() {
        boolean all = included.whole;
        Projection projection;
        if (all || included.members.isEmpty()) {
            Map<String, Projection> members = new LinkedHashMap<>();
            if (!all) {
                model.hidden().forEach(name -> members.put(name, Projection.NONE));
            }
            members.putAll(joining(included, new FieldType.Embedded(model.fields())));
            excluded.members.forEach((name, node) -> members.put(name, without(node)));
            projection = new Projection(true, members);
        } else {
            projection = including(included, excluded, new FieldType.Embedded(model.fields()));
        }
        return joined ? withId(projection) : projection;
    }

    private static Projection withId(Projection projection) {
        return projection.with("id", Projection.ALL);
    }

    private static Projection without(Node excluded) {
        if (excluded.whole) {
            return Projection.NONE;
        }
        Map<String, Projection> members = new LinkedHashMap<>();
        excluded.members.forEach((name, node) -> members.put(name, without(node)));
        return new Projection(true, members);
    }

    private Projection including(Node node, @Nullable Node minus, @Nullable FieldType type) {
        boolean reference = type instanceof FieldType.Reference;
        if (minus != null && minus.whole) {
            return Projection.NONE;
        }
        if (node.whole && !reference && minus == null) {
            Map<String, Projection> joins = joining(node, type);
            return joins.isEmpty() ? Projection.ALL : new Projection(true, joins);
        }
        if (node.members.isEmpty() || (node.whole && !reference)) {
            return minus == null || minus.members.isEmpty() ? Projection.ALL : without(minus);
        }
        if (node.members.containsKey("*")) {
            return new Projection(true, Map.of("id", Projection.ALL));
        }
        FieldType owner = type instanceof FieldType.Reference target
                ? new FieldType.Embedded(target.entity().fields())
                : type;
        Map<String, Projection> members = new LinkedHashMap<>();
        node.members.forEach((name, member) -> members.put(
                name, including(member, minus == null ? null : minus.members.get(name), type(owner, name))));
        return new Projection(false, members);
    }

    /** Of a value that is wanted as a whole, the members below which something is joined. */
    private Map<String, Projection> joining(Node node, @Nullable FieldType type) {
        Map<String, Projection> joins = new LinkedHashMap<>();
        node.members.forEach((name, member) -> {
            FieldType memberType = type(type, name);
            if (memberType instanceof FieldType.Reference) {
                joins.put(name, including(member, null, memberType));
            } else {
                Map<String, Projection> below = joining(member, memberType);
                if (!below.isEmpty()) {
                    joins.put(name, new Projection(true, below));
                }
            }
        });
        return joins;
    }

    private static @Nullable FieldType type(@Nullable FieldType owner, String name) {
        if (owner instanceof FieldType.ListOf list) {
            return type(list.item(), name);
        }
        Field field =
                owner instanceof FieldType.Embedded embedded ? embedded.fields().get(name) : null;
        return field == null ? null : field.type();
    }
}
