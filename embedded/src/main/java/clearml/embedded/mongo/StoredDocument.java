package clearml.embedded.mongo;

import org.jspecify.annotations.Nullable;

/** A document in memory. Readers take the bytes once and work on that version of it. */
final class StoredDocument {

    private final long recordId;
    private final Object idKey;
    private volatile byte @Nullable [] bytes;

    StoredDocument(long recordId, Object idKey, byte[] bytes) {
        this.recordId = recordId;
        this.idKey = idKey;
        this.bytes = bytes;
    }

    long recordId() {
        return recordId;
    }

    /** The hash key of its _id. */
    Object idKey() {
        return idKey;
    }

    /** Null once it is deleted. */
    byte @Nullable [] bytes() {
        return bytes;
    }

    void bytes(byte @Nullable [] changed) {
        this.bytes = changed;
    }
}
