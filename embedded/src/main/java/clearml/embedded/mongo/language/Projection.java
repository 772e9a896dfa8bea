package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields of a document are returned, and which are computed: of {@code find} and of {@code $project}. */
public final class Projection {

    private final ProjectionTree tree;
    private final ProjectionTree.Mode mode;
    private final @Nullable Set<String> fields;

    private Projection(ProjectionTree tree, ProjectionTree.Mode mode, @Nullable Set<String> fields) {
        this.tree = tree;
        this.mode = mode;
        this.fields = fields;
    }

    /** The projection of a {@code find}, which knows {@code $slice}, {@code $elemMatch} and {@code "a.$"}. */
    public static Projection ofFind(Document spec, @Nullable Filter filter, Collation collation) {
        return parse(spec, new ArrayProjections(filter, collation), "$projection");
    }

    /** A {@code $project} stage. */
    static Projection ofStage(Document spec) {
        if (spec.isEmpty()) {
            throw Errors.location(
                    51272, "Invalid $project :: caused by :: projection specification must have at least one field");
        }
        return parse(spec, null, "$project");
    }

    /** {@code $addFields} and {@code $set}. */
    static Projection added(Document spec) {
        ProjectionTree tree = new ProjectionTree();
        spec.forEach((path, value) -> compute(tree, path, value));
        return new Projection(tree, ProjectionTree.Mode.ADD, null);
    }

    private static void compute(ProjectionTree tree, String path, @Nullable Object value) {
        if (value instanceof Document d
                && !d.isEmpty()
                && !d.keySet().iterator().next().startsWith("$")) {
            d.forEach((name, inner) -> compute(tree, path + "." + name, inner));
        } else {
            tree.child(path).compute(Expressions.parse(value));
        }
    }

    private static Projection parse(Document spec, @Nullable ArrayProjections arrays, String name) {
        ProjectionTree tree = new ProjectionTree();
        Reader reader = new Reader(tree, arrays, name);
        spec.forEach((path, value) -> reader.field(path, value));
        boolean including = reader.including();
        if (including && !reader.idNamed) {
            tree.child("_id").keep();
        } else if (!including && reader.idNamed && reader.idKept) {
            tree.remove("_id");
        }
        ProjectionTree.Mode mode = including ? ProjectionTree.Mode.INCLUDE : ProjectionTree.Mode.EXCLUDE;
        return new Projection(tree, mode, including ? reader.fields() : null);
    }

    private static final class Reader {
        private final ProjectionTree tree;
        private final @Nullable ArrayProjections arrays;
        private final String name;
        private final Set<String> read = new HashSet<>();
        private boolean readsAll;
        private @Nullable Boolean including;
        private boolean computing;
        private boolean slicing;
        private boolean idNamed;
        private boolean idKept;

        private Reader(ProjectionTree tree, @Nullable ArrayProjections arrays, String name) {
            this.tree = tree;
            this.arrays = arrays;
            this.name = name;
        }

        private boolean including() {
            if (including != null) {
                return including;
            }
            return computing && !slicing || idNamed && idKept && !slicing;
        }

        private @Nullable Set<String> fields() {
            if (readsAll) {
                return null;
            }
            read.addAll(tree.names());
            return read;
        }

        private void field(String path, @Nullable Object value) {
            boolean flag = value instanceof Number || value instanceof Boolean;
            if (flag && arrays != null && path.endsWith(".$")) {
                mode(path, true);
                String array = path.substring(0, path.length() - 2);
                readsAll = true;
                tree.child(array).compute(arrays.positional(FieldPath.of(array)));
            } else if (flag) {
                flag(path, Values.truthy(value));
            } else if (arrays != null && value instanceof Document d && d.get("$elemMatch") instanceof Document match) {
                mode(path, true);
                read.add(FieldPath.of(path).top());
                tree.child(path).compute(arrays.elementMatch(FieldPath.of(path), match));
            } else if (arrays != null
                    && value instanceof Document d
                    && d.containsKey("$slice")
                    && ArrayProjections.findSlice(d.get("$slice"))) {
                slicing = true;
                read.add(FieldPath.of(path).top());
                tree.child(path).computeInPlace(arrays.slice(FieldPath.of(path), d.get("$slice")));
            } else {
                computed(path, value);
            }
        }

        private void computed(String path, @Nullable Object value) {
            if (path.equals("_id")) {
                idNamed = true;
                idKept = true;
            }
            if (value instanceof Document d
                    && !d.isEmpty()
                    && !d.keySet().iterator().next().startsWith("$")) {
                d.forEach((inner, v) -> field(path + "." + inner, v));
                return;
            }
            computing = true;
            Set<String> used = FieldReferences.of(value);
            if (used == null) {
                readsAll = true;
            } else {
                read.addAll(used);
            }
            tree.child(path).compute(Expressions.parse(value));
        }

        private void flag(String path, boolean keep) {
            if (path.equals("_id")) {
                idNamed = true;
                idKept = keep;
                if (keep) {
                    tree.child(path).keep();
                } else {
                    tree.child(path).drop();
                }
                return;
            }
            mode(path, keep);
            if (keep) {
                tree.child(path).keep();
            } else {
                tree.child(path).drop();
            }
        }

        private void mode(String path, boolean include) {
            if (including != null && including != include) {
                throw Errors.location(
                        include ? 31253 : 31254,
                        "Invalid " + name + " :: caused by :: Cannot do " + (include ? "inclusion" : "exclusion")
                                + " on field " + path + " in " + (include ? "exclusion" : "inclusion")
                                + " projection");
            }
            including = include;
        }
    }

    /** The top-level fields that it reads; null when that may be any. */
    public @Nullable Set<String> fields() {
        return fields;
    }

    /** Whether fields are left out that are not named. */
    public boolean including() {
        return mode == ProjectionTree.Mode.INCLUDE;
    }

    /** The paths that are named, and whether each is kept or dropped; null when something is computed. */
    public @Nullable Map<String, Boolean> plainPaths() {
        Map<String, Boolean> paths = new LinkedHashMap<>();
        return tree.addPlainPaths("", paths) ? paths : null;
    }

    /** The projected document; shares parts with the given one. */
    public Document apply(Document document) {
        return apply(document, Scope.of(document, Collation.SIMPLE));
    }

    Document apply(Document document, Scope scope) {
        return tree.apply(document, mode, scope);
    }
}
