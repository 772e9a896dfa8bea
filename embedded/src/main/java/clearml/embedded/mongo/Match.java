package clearml.embedded.mongo;

import org.jspecify.annotations.Nullable;

/** A document that a query found, as it was at that time. */
@SuppressWarnings("ArrayRecordComponent")
record Match(
        StoredDocument document,
        StoredDocument.Version version,
        @Nullable Object[] sortKeys) {

    Content content() {
        return version.content();
    }
}
