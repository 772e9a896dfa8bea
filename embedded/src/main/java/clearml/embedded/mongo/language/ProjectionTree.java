package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A projection by path parts. */
final class ProjectionTree {

    enum Mode {
        INCLUDE,
        EXCLUDE,
        ADD
    }

    private final Map<String, ProjectionTree> children = new LinkedHashMap<>();
    private @Nullable Expression computed;
    private boolean inPlace;
    private boolean kept;
    private boolean dropped;

    ProjectionTree child(String path) {
        ProjectionTree node = this;
        String whole = path;
        for (String part : path.split("\\.", -1)) {
            if (part.isEmpty()) {
                throw Errors.location(15998, "FieldPath field names may not be empty strings.");
            }
            if (node.kept || node.dropped || node.computed != null) {
                throw collision(whole);
            }
            node = node.children.computeIfAbsent(part, p -> new ProjectionTree());
        }
        return node;
    }

    private static RuntimeException collision(String path) {
        return Errors.location(31249, "Path collision at " + path);
    }

    void remove(String name) {
        children.remove(name);
    }

    Set<String> names() {
        return children.keySet();
    }

    void keep() {
        free();
        kept = true;
    }

    void drop() {
        free();
        dropped = true;
    }

    void compute(Expression expression) {
        free();
        computed = expression;
    }

    /** Replaces the value where it stands and leaves a missing one missing. */
    void computeInPlace(Expression expression) {
        compute(expression);
        inPlace = true;
    }

    private void free() {
        if (!children.isEmpty()) {
            throw collision(children.keySet().iterator().next());
        }
    }

    /** Returns false when something below is computed. */
    boolean addPlainPaths(String prefix, Map<String, Boolean> paths) {
        if (computed != null) {
            return false;
        }
        if (kept || dropped) {
            paths.put(prefix, kept);
        }
        return children.entrySet().stream()
                .allMatch(child -> child.getValue()
                        .addPlainPaths(prefix.isEmpty() ? child.getKey() : prefix + "." + child.getKey(), paths));
    }

    Document apply(Document in, Mode mode, Scope scope) {
        Document out = new Document();
        in.forEach((name, value) -> {
            ProjectionTree child = children.get(name);
            if (child == null) {
                if (mode != Mode.INCLUDE) {
                    out.put(name, value);
                }
            } else {
                child.existing(out, name, value, mode, scope);
            }
        });
        children.forEach((name, child) -> {
            if (!child.inPlace && !out.containsKey(name) && child.computes() && !child.seenIn(in, name)) {
                child.create(out, name, mode, scope);
            }
        });
        return out;
    }

    /** Included computed fields come after the copied ones; elsewhere they replace the old value in its place. */
    private boolean seenIn(Document in, String name) {
        return computed == null
                && in.containsKey(name)
                && (in.get(name) instanceof Document || in.get(name) instanceof List);
    }

    private boolean computes() {
        return computed != null || children.values().stream().anyMatch(ProjectionTree::computes);
    }

    private void create(Document out, String name, Mode mode, Scope scope) {
        Object value = computed != null ? computed.evaluate(scope) : apply(new Document(), mode, scope);
        if (value != Values.MISSING) {
            out.put(name, value);
        }
    }

    private void existing(Document out, String name, @Nullable Object value, Mode mode, Scope scope) {
        if (kept) {
            out.put(name, value);
        } else if (computed != null) {
            if (mode != Mode.INCLUDE || inPlace) {
                create(out, name, mode, scope);
            }
        } else if (!dropped) {
            Object inner = nested(value, mode, scope);
            if (inner != Values.MISSING) {
                out.put(name, inner);
            }
        }
    }

    private @Nullable Object nested(@Nullable Object value, Mode mode, Scope scope) {
        if (value instanceof Document d) {
            return apply(d, mode, scope);
        }
        if (value instanceof List<?> l) {
            List<@Nullable Object> all = new ArrayList<>(l.size());
            for (Object element : l) {
                Object inner = nested(element, mode, scope);
                if (inner != Values.MISSING) {
                    all.add(inner);
                }
            }
            return all;
        }
        return switch (mode) {
            case INCLUDE -> Values.MISSING;
            case EXCLUDE -> value;
            case ADD -> apply(new Document(), mode, scope);
        };
    }
}
