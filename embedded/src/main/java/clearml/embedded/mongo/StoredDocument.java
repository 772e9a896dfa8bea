package clearml.embedded.mongo;

import org.jspecify.annotations.Nullable;

/** A document in memory. Readers take its version once and work on that. */
final class StoredDocument {

    private final long recordId;
    private final Object idKey;
    private volatile @Nullable Version version;

    StoredDocument(long recordId, Object idKey, Content content) {
        this.recordId = recordId;
        this.idKey = idKey;
        this.version = new Version(content);
    }

    long recordId() {
        return recordId;
    }

    /** The hash key of its _id. */
    Object idKey() {
        return idKey;
    }

    /** Null once it is deleted. */
    @Nullable
    Version version() {
        return version;
    }

    /** Null once it is deleted. */
    @Nullable
    Content content() {
        Version current = version;
        return current == null ? null : current.content;
    }

    void content(@Nullable Content changed) {
        this.version = changed == null ? null : new Version(changed);
    }

    /** What a document was at one time. */
    static final class Version {

        private final Content content;
        /** Made by the first query that needs it. Several may: they make the same, and nothing in it changes. */
        private @Nullable Kept kept;

        private Version(Content content) {
            this.content = content;
        }

        Content content() {
            return content;
        }

        @Nullable
        Object[] kept(KeptFields fields) {
            Kept known = kept;
            if (known == null || known.fields != fields) {
                known = new Kept(fields, fields.read(content));
                kept = known;
            }
            return known.values;
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Kept(KeptFields fields, @Nullable Object[] values) {}
}
