package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The document under change. What is changed in it is copied before, so that the old document stays whole. */
final class UpdateTarget {

    private static final int MAX_PADDING = 1_500_000;

    private final Document document;
    private final int position;
    private final Map<String, Filter> filters;
    private final boolean insert;
    /** The documents and lists that are not those of the old document. */
    private final Set<Object> own = Collections.newSetFromMap(new IdentityHashMap<>());

    UpdateTarget(Document old, int position, Map<String, Filter> filters, boolean insert) {
        this.document = old.clone();
        this.position = position;
        this.filters = filters;
        this.insert = insert;
    }

    Document document() {
        return document;
    }

    boolean insert() {
        return insert;
    }

    /** The concrete paths that a path with {@code $}, {@code $[]} or {@code $[name]} stands for here. */
    List<String[]> resolve(String path) {
        String[] parts = path.split("\\.", -1);
        for (String part : parts) {
            if (part.isEmpty()) {
                throw new MongoServerError(
                        56,
                        "EmptyFieldName",
                        "The update path '" + path + "' contains an empty field name, which is not allowed.");
            }
        }
        if (path.indexOf('$') < 0) {
            return List.<String[]>of(parts);
        }
        List<String[]> resolved = new ArrayList<>();
        resolve(parts, 0, document, resolved);
        return resolved;
    }

    private void resolve(String[] parts, int depth, @Nullable Object value, List<String[]> resolved) {
        if (depth == parts.length) {
            resolved.add(parts);
            return;
        }
        String part = parts[depth];
        if (part.equals("$")) {
            if (position < 0) {
                throw Errors.badValue("The positional operator did not find the match needed from the query.");
            }
            resolveAt(parts, depth, position, value, resolved);
        } else if (part.startsWith("$[") && part.endsWith("]")) {
            resolveEach(parts, depth, value, resolved);
        } else {
            resolve(parts, depth + 1, child(value, part), resolved);
        }
    }

    private void resolveEach(String[] parts, int depth, @Nullable Object value, List<String[]> resolved) {
        String name = parts[depth].substring(2, parts[depth].length() - 1);
        if (!(value instanceof List<?> list)) {
            throw Errors.badValue("The path '"
                    + String.join(".", parts)
                            .substring(0, String.join(".", parts).indexOf(".$["))
                    + "' must exist in the document in order to apply array updates.");
        }
        Filter filter = filters.get(name);
        if (!name.isEmpty() && filter == null) {
            throw Errors.badValue(
                    "No array filter found for identifier '" + name + "' in path '" + String.join(".", parts) + "'");
        }
        for (int i = 0; i < list.size(); i++) {
            if (filter == null || filter.test(new Document(name, list.get(i)))) {
                resolveAt(parts, depth, i, value, resolved);
            }
        }
    }

    private void resolveAt(String[] parts, int depth, int index, @Nullable Object value, List<String[]> resolved) {
        String[] concrete = parts.clone();
        concrete[depth] = String.valueOf(index);
        resolve(concrete, depth + 1, child(value, concrete[depth]), resolved);
    }

    private static @Nullable Object child(@Nullable Object value, String part) {
        if (value instanceof Document d) {
            return d.getOrDefault(part, Values.MISSING);
        }
        int index = FieldPath.index(part);
        return value instanceof List<?> l && index >= 0 && index < l.size() ? l.get(index) : Values.MISSING;
    }

    @Nullable
    Object get(String[] path) {
        Object value = document;
        for (String part : path) {
            value = child(value, part);
        }
        return value;
    }

    void set(String[] path, @Nullable Object value) {
        Object container = document;
        for (int i = 0; i < path.length - 1; i++) {
            Object next = child(container, path[i]);
            if (next != Values.MISSING && !(next instanceof Document) && !(next instanceof List)) {
                throw notViable(path[i + 1], path[i], next);
            }
            container = own(container, path, i, next);
        }
        put(container, path, path.length - 1, value);
    }

    /** The child as a part of this document that may be changed. */
    private Object own(Object container, String[] path, int depth, @Nullable Object child) {
        if (child != null && own.contains(child)) {
            return child;
        }
        Object copy = child instanceof Document d
                ? d.clone()
                : child instanceof List<?> l ? new ArrayList<@Nullable Object>(l) : new Document();
        own.add(copy);
        put(container, path, depth, copy);
        return copy;
    }

    private void put(Object container, String[] path, int depth, @Nullable Object value) {
        if (container instanceof Document d) {
            d.put(path[depth], value);
            return;
        }
        @SuppressWarnings("unchecked")
        List<@Nullable Object> list = (List<@Nullable Object>) container;
        int index = FieldPath.index(path[depth]);
        if (index < 0) {
            throw notViable(path[depth], path[Math.max(0, depth - 1)], list);
        }
        if (index > list.size() + MAX_PADDING) {
            throw Errors.badValue("can't backfill more than " + MAX_PADDING + " elements");
        }
        while (list.size() <= index) {
            list.add(null);
        }
        list.set(index, value);
    }

    private static MongoServerError notViable(String field, String parent, @Nullable Object value) {
        return new MongoServerError(
                28,
                "PathNotViable",
                "Cannot create field '" + field + "' in element {" + parent + ": " + Literals.of(value) + "}");
    }

    void remove(String[] path) {
        if (get(path) == Values.MISSING) {
            return;
        }
        Object container = document;
        for (int i = 0; i < path.length - 1; i++) {
            container = own(container, path, i, child(container, path[i]));
        }
        String last = path[path.length - 1];
        if (container instanceof Document d) {
            d.remove(last);
        } else if (container instanceof List) {
            put(container, path, path.length - 1, null);
        }
    }
}
