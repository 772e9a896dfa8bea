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
    byte[] apply(Content document) {
        Copy copy = new Copy(document, document.head(), room);
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

        private final Content document;
        private final byte[] in;
        private int from;
        private byte[] out;
        private int at;

        private Copy(Content document, byte[] in, byte[] out) {
            this.document = document;
            this.in = in;
            this.out = out;
        }

        private byte[] done() {
            room = out;
            return Arrays.copyOf(out, at);
        }

        /** Of what is included nothing is looked for behind its last field. */
        private void document(Node node) {
            int start = open();
            int missing = including ? node.names.size() : Integer.MAX_VALUE;
            for (byte type = in[from]; type != 0 && missing > 0; type = in[from]) {
                int field = from;
                int value = BsonReader.endOfName(in, from + 1);
                int next = BsonReader.endOfValue(in, type, value);
                int found = node.names.indexOf(in, field + 1, value - 1);
                missing -= found < 0 ? 0 : 1;
                if (type == Content.BESIDE) {
                    beside(found < 0 ? null : node.children.get(found), field, value);
                } else if (found < 0) {
                    copyUnless(including, field, next);
                } else {
                    field(node.children.get(found), type, field, value, next);
                }
                from = next;
            }
            close(start);
        }

        private void beside(@Nullable Node node, int field, int value) {
            if (node == null ? including : node.leaf() && !node.kept) {
                return;
            }
            int start = at;
            copyUnless(false, field, value);
            out[start] = BsonBytes.ARRAY;
            ChunkedArray array = document.array(value);
            if (node == null || node.leaf()) {
                reserve(array.bsonLength());
                at = array.write(out, at);
            } else {
                Copy inner = new Copy(document, array.bson(), new byte[array.bsonLength()]);
                inner.array(node);
                reserve(inner.at);
                System.arraycopy(inner.out, 0, out, at, inner.at);
                at += inner.at;
            }
        }

        private void field(Node node, byte type, int field, int value, int next) {
            if (node.leaf()) {
                copyUnless(!node.kept, field, next);
            } else if (type == BsonBytes.DOCUMENT || type == BsonBytes.ARRAY) {
                copyUnless(false, field, value);
                nested(node, type, value);
            } else {
                copyUnless(including, field, next);
            }
        }

        private void nested(Node node, byte type, int value) {
            from = value;
            if (type == BsonBytes.DOCUMENT) {
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
                if (type == BsonBytes.DOCUMENT || type == BsonBytes.ARRAY) {
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
