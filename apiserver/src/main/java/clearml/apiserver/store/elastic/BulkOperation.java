package clearml.apiserver.store.elastic;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param id null for one of Elasticsearch's choice
 * @param document null to delete
 * @param version that the stored document must still have; null for any
 */
record BulkOperation(
        String index,
        @Nullable String id,
        @Nullable Map<String, ? extends @Nullable Object> document,
        @Nullable DocumentVersion version) {}
