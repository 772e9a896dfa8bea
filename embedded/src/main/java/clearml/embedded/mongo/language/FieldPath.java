package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dotted path into documents, with the different ways in which MongoDB walks through arrays. */
public final class FieldPath {

    /** Looks at one value that a path reaches; true ends the walk. {@code position} takes an index found inside. */
    interface Visitor {
        boolean visit(@Nullable Object value, int @Nullable [] position);

        /** The text that it says yes to, if that is all that it does. */
        default @Nullable String text() {
            return null;
        }
    }

    private final String text;
    private final String[] parts;

    private FieldPath(String text) {
        this.text = text;
        this.parts = text.split("\\.", -1);
    }

    /** The path written with dots. */
    public static FieldPath of(String text) {
        return new FieldPath(text);
    }

    /** The first part of a path: the field of the document itself. */
    static String topOf(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? text : text.substring(0, dot);
    }

    /** Whether it goes on behind its first part, and no further part could be a position in an array. */
    public boolean intoDocuments() {
        return parts.length > 1 && Arrays.stream(parts).skip(1).allMatch(part -> index(part) < 0);
    }

    /** The first part: the field of the document itself. */
    public String top() {
        return parts[0];
    }

    /** The path written with dots. */
    public String text() {
        return text;
    }

    String[] parts() {
        return parts;
    }

    /** The value as {@code "$a.b"} in an expression: arrays on the way give arrays of what their documents hold. */
    @Nullable
    Object evaluate(@Nullable Object root) {
        return evaluate(root, 0);
    }

    private @Nullable Object evaluate(@Nullable Object value, int depth) {
        if (depth == parts.length) {
            return value;
        }
        if (value instanceof Document d) {
            return evaluate(d.getOrDefault(parts[depth], Values.MISSING), depth + 1);
        }
        if (value instanceof List<?> l && depth > 0) {
            List<@Nullable Object> found = new ArrayList<>();
            for (Object element : l) {
                Object inner = evaluate(element, depth);
                if (inner != Values.MISSING) {
                    found.add(inner);
                }
            }
            return found;
        }
        return Values.MISSING;
    }

    /**
     * Visits what a filter's path reaches; elements of a final array first when {@code expand}, then the array.
     *
     * @param position takes the index in the outermost array where the visitor said yes, if not null
     */
    boolean visit(Document document, Visitor visitor, boolean expand, int @Nullable [] position) {
        return walk(document, 0, visitor, expand, position);
    }

    private boolean walk(Document document, int depth, Visitor visitor, boolean expand, int @Nullable [] position) {
        Object value = document.getOrDefault(parts[depth], Values.MISSING);
        return next(value, depth + 1, visitor, expand, position);
    }

    private boolean next(
            @Nullable Object value, int depth, Visitor visitor, boolean expand, int @Nullable [] position) {
        if (depth == parts.length) {
            return leaf(value, visitor, expand, position);
        } else if (value instanceof Document d) {
            return walk(d, depth, visitor, expand, position);
        } else if (value instanceof List<?> l) {
            return walkArray(l, depth, visitor, expand, position);
        }
        return visitor.visit(Values.MISSING, position);
    }

    private boolean walkArray(List<?> list, int depth, Visitor visitor, boolean expand, int @Nullable [] position) {
        int index = index(parts[depth]);
        boolean there = index >= 0 && index < list.size();
        if (there && position == null && next(list.get(index), depth + 1, visitor, expand, null)) {
            return true;
        }
        int found = list instanceof StoredArray stored && visitor.text() != null
                ? stored.indexOf(
                        0,
                        parts[depth],
                        depth == parts.length - 1 ? visitor.text() : null,
                        d -> walk(d, depth, visitor, expand, position))
                : firstOf(list, depth, visitor, expand, position);
        if (found >= 0) {
            return at(found, position);
        }
        return there && position != null && next(list.get(index), depth + 1, visitor, expand, position);
    }

    private int firstOf(List<?> list, int depth, Visitor visitor, boolean expand, int @Nullable [] position) {
        int i = 0;
        for (Object element : list) {
            if (element instanceof Document d && walk(d, depth, visitor, expand, position)) {
                return i;
            }
            i++;
        }
        return -1;
    }

    private static boolean leaf(@Nullable Object value, Visitor visitor, boolean expand, int @Nullable [] position) {
        if (expand && value instanceof List<?> l) {
            int i = 0;
            for (Object element : l) {
                if (visitor.visit(element, position)) {
                    return at(i, position);
                }
                i++;
            }
        }
        return visitor.visit(value, position);
    }

    private static boolean at(int index, int @Nullable [] position) {
        if (position != null) {
            position[0] = index;
        }
        return true;
    }

    /** The part as an index into an array, -1 when it is none. */
    static int index(String part) {
        if (part.isEmpty() || part.length() > 9) {
            return -1;
        }
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) < '0' || part.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(part);
    }

    /**
     * The keys under which an index finds the document: each element of arrays, null for what is missing.
     *
     * @return at least one value
     */
    public List<@Nullable Object> keys(Document document) {
        List<@Nullable Object> keys = new ArrayList<>(1);
        visit(
                document,
                (value, position) -> {
                    if (!(value instanceof List<?> l)) {
                        keys.add(value == Values.MISSING ? null : value);
                    } else {
                        if (l.isEmpty()) {
                            keys.add(EmptyArray.KEY);
                        }
                        l.forEach(element -> keys.add(element));
                    }
                    return false;
                },
                false,
                null);
        if (keys.isEmpty()) {
            keys.add(null);
        }
        return keys;
    }

    /** Adds what {@code distinct} finds: elements of arrays, null but not what is missing. */
    public void addDistinct(Document document, Collection<@Nullable Object> values) {
        visit(
                document,
                (value, position) -> {
                    if (value instanceof List<?> l) {
                        values.addAll(l);
                    } else if (value != Values.MISSING) {
                        values.add(value);
                    }
                    return false;
                },
                false,
                null);
    }

    /** Whether an array lies on the path, so that an index over it holds several keys for the document. */
    public boolean throughArray(Document document) {
        Object value = document;
        for (String part : parts) {
            if (value instanceof Document d) {
                value = d.get(part);
            }
            if (value instanceof List) {
                return true;
            }
        }
        return false;
    }

    /** Whether the path leads to a value, be it null. */
    public boolean exists(Document document) {
        return visit(document, (value, position) -> value != Values.MISSING, false, null);
    }

    /** What the document sorts by: of arrays the least element, or the greatest when descending. */
    @Nullable
    Object sortKey(Document document, boolean ascending, Collation collation) {
        Object field = document.get(parts[0]);
        if (parts.length == 1 && !(field instanceof List)) {
            return field;
        }
        List<@Nullable Object> keys = keys(document);
        Object best = keys.get(0);
        for (Object key : keys.subList(1, keys.size())) {
            int order = Values.compare(key, best, collation);
            if (ascending ? order < 0 : order > 0) {
                best = key;
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return text;
    }
}
