package clearml.embedded.mongo;

import org.jspecify.annotations.Nullable;

/** A document that a query found, and its bytes at that time. */
@SuppressWarnings("ArrayRecordComponent")
record Match(
        StoredDocument document, byte[] bytes, @Nullable Object[] sortKeys) {}
