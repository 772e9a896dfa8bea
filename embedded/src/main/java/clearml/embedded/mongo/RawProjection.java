package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Projection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A projection that only includes or excludes fields, done on the stored bytes: what stays is copied, what goes is
 * skipped, and nothing is decoded. That is most of them, and the largest part of the work of a page of a list.
 */
final class RawProjection {

    private static final byte DOCUMENT = 3;
    private static final byte ARRAY = 4;

    private final Node root;
    private final boolean including;
    /** For one document after the other: what most documents need is a small part of what they are. */
    private byte[] room = new byte[1024];

    private RawProjection(Node root, boolean including) {
        this.root = root;
        this.including = including;
    }

    /** Null for a projection that computes something. */
    static @Nullable RawProjection of(Projection projection) {
        Map<String, Boolean> paths = projection.plainPaths();
        return paths == null ? null : new RawProjection(Node.of(paths), projection.including());
    }

    /** The projected document. For one thread at a time. */
    byte[] apply(byte[] document) {
        Copy copy = new Copy(document);
        copy.document(root);
        return copy.done();
    }

    /** What becomes of a field: it is kept, dropped, or has fields of its own with answers of their own. */
    private record Node(FieldNames names, List<Node> children, boolean kept) {

        static Node of(Map<String, Boolean> paths) {
            Map<String, Map<String, Boolean>> inner = new LinkedHashMap<>();
            Map<String, Boolean> leaves = new LinkedHashMap<>();
            paths.forEach((path, kept) -> {
                int dot = path.indexOf('.');
                if (dot < 0) {
                    leaves.put(path, kept);
                    inner.put(path, Map.of());
                } else {
                    inner.computeIfAbsent(path.substring(0, dot), name -> new LinkedHashMap<>())
                            .put(path.substring(dot + 1), kept);
                }
            });
            List<Node> children = new ArrayList<>();
            inner.forEach((name, below) -> children.add(leaves.containsKey(name) ? leaf(leaves.get(name)) : of(below)));
            return new Node(new FieldNames(inner.keySet()), children, false);
        }

        private static Node leaf(boolean kept) {
            return new Node(new FieldNames(List.of()), List.of(), kept);
        }

        boolean leaf() {
            return children.isEmpty();
        }
    }

    /** One pass over a document. */
    private final class Copy {

        private final byte[] in;
        private int from;
        private byte[] out;
        private int at;

        private Copy(byte[] document) {
            in = document;
            out = room;
        }

        private byte[] done() {
            room = out;
            return Arrays.copyOf(out, at);
        }

        private void document(Node node) {
            int start = open();
            for (byte type = in[from]; type != 0; type = in[from]) {
                int field = from;
                int value = BsonReader.endOfName(in, from + 1);
                int next = BsonReader.endOfValue(in, type, value);
                int found = node.names.indexOf(in, field + 1, value - 1);
                if (found < 0) {
                    copyUnless(including, field, next);
                } else {
                    field(node.children.get(found), type, field, value, next);
                }
                from = next;
            }
            close(start);
        }

        private void field(Node node, byte type, int field, int value, int next) {
            if (node.leaf()) {
                copyUnless(!node.kept, field, next);
            } else if (type == DOCUMENT || type == ARRAY) {
                copyUnless(false, field, value);
                nested(node, type, value);
            } else {
                copyUnless(including, field, next);
            }
        }

        private void nested(Node node, byte type, int value) {
            from = value;
            if (type == DOCUMENT) {
                document(node);
            } else {
                array(node);
            }
        }

        /** Elements that are no documents have nothing to be included. */
        private void array(Node node) {
            int start = open();
            int index = 0;
            for (byte type = in[from]; type != 0; type = in[from]) {
                int value = BsonReader.endOfName(in, from + 1);
                int next = BsonReader.endOfValue(in, type, value);
                if (type == DOCUMENT || type == ARRAY) {
                    element(type, index++);
                    nested(node, type, value);
                } else if (!including) {
                    element(type, index++);
                    copyUnless(false, value, next);
                }
                from = next;
            }
            close(start);
        }

        private void element(byte type, int index) {
            byte[] name = Integer.toString(index).getBytes(StandardCharsets.US_ASCII);
            reserve(name.length + 2);
            out[at++] = type;
            System.arraycopy(name, 0, out, at, name.length);
            at += name.length;
            out[at++] = 0;
        }

        private int open() {
            int start = at;
            reserve(Integer.BYTES);
            at += Integer.BYTES;
            from += Integer.BYTES;
            return start;
        }

        private void close(int start) {
            reserve(1);
            out[at++] = 0;
            BsonReader.INT.set(out, start, at - start);
        }

        private void copyUnless(boolean skipped, int begin, int end) {
            if (!skipped) {
                reserve(end - begin);
                System.arraycopy(in, begin, out, at, end - begin);
                at += end - begin;
            }
        }

        private void reserve(int bytes) {
            if (at + bytes > out.length) {
                out = Arrays.copyOf(out, Math.max(out.length * 2, at + bytes));
            }
        }
    }
}
