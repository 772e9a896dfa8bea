package clearml.apiserver.store.elastic;

import clearml.apiserver.call.BodyReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/** The lines of one {@code _bulk}. */
final class BulkBody {

    /** Where one bulk ends and the next begins. */
    private static final int ENOUGH_BYTES = 24 * 1024 * 1024;

    /** Elasticsearch takes 100 MB; it cuts the connection above. */
    private static final int MAX_BYTES = 99 * 1024 * 1024;

    private static final JsonFactory FACTORY =
            JsonFactory.builder().rootValueSeparator("\n").build();
    private static final Map<String, String> ONLY_STATUS = Map.of("filter_path", "errors,items.*.status,items.*.error");
    private static final byte[] NO_ERRORS = "{\"errors\":false".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayBuilder bytes = new ByteArrayBuilder(64 * 1024);
    private final JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);
    private boolean deletes;

    boolean hasRoom() {
        return bytes.size() < ENOUGH_BYTES;
    }

    /** Whether a large document made it more than Elasticsearch takes. */
    boolean isTooLarge() {
        return bytes.size() > MAX_BYTES;
    }

    void add(BulkOperation operation) {
        out.writeStartObject();
        out.writeName(operation.document() == null ? "delete" : "index");
        out.writeStartObject();
        out.writeStringProperty("_index", operation.index());
        if (operation.id() != null) {
            out.writeStringProperty("_id", operation.id());
        }
        DocumentVersion version = operation.version();
        if (version != null) {
            out.writeNumberProperty("if_seq_no", version.sequence());
            out.writeNumberProperty("if_primary_term", version.primaryTerm());
        }
        out.writeEndObject();
        out.writeEndObject();
        if (operation.document() == null) {
            deletes = true;
        } else {
            JsonValues.write(out, operation.document());
        }
    }

    List<BulkItem> sendTo(ElasticCluster cluster, int operations) {
        cluster.requireWritable();
        out.close();
        bytes.append('\n');
        byte[] body = bytes.toByteArray();
        byte[] answer = cluster.linesAnswer("/_bulk", ONLY_STATUS, body, body.length);
        // A deletion that finds nothing is not an error, but its status tells.
        if (!deletes && startsWith(answer, NO_ERRORS)) {
            return Collections.nCopies(operations, BulkItem.DONE);
        }
        return items(answer);
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length > prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static List<BulkItem> items(byte[] answer) {
        Object parsed = BodyReader.read(answer, 0, answer.length);
        List<BulkItem> items = new ArrayList<>();
        if (parsed instanceof Map<?, ?> object && object.get("items") instanceof List<?> list) {
            list.forEach(entry -> items.add(item(entry)));
        }
        return items;
    }

    private static BulkItem item(@Nullable Object entry) {
        Object result = entry instanceof Map<?, ?> operation
                ? operation.values().iterator().next()
                : null;
        if (!(result instanceof Map<?, ?> fields) || !(fields.get("status") instanceof Number status)) {
            throw ElasticException.refused(0, "bulk_error", "the answer was not understood");
        }
        Object error = fields.get("error");
        return new BulkItem(status.intValue(), error == null ? null : ElasticCluster.refused(status.intValue(), error));
    }
}
