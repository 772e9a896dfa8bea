package clearml.apiserver.store.elastic;

import org.jspecify.annotations.Nullable;

/**
 * What became of one operation.
 *
 * @param status of HTTP: 200 or 201, 404 for the deletion of a document that isn't there
 * @param failure why it was refused; null when it was done
 */
public record BulkItem(int status, @Nullable ElasticException failure) {

    static final BulkItem DONE = new BulkItem(200, null);
    static final BulkItem TOO_LARGE =
            new BulkItem(413, ElasticException.refused(413, "too_large", "the document is too large"));

    public boolean done() {
        return failure == null;
    }
}
