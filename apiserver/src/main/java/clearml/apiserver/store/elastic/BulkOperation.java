package clearml.apiserver.store.elastic;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** @param document null to delete */
record BulkOperation(String index, String id, @Nullable Map<String, ? extends @Nullable Object> document) {}
