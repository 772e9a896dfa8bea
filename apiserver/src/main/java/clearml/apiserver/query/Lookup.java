package clearml.apiserver.query;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Documents of a collection that are wanted.
 *
 * @param projection null for whole documents
 */
record Lookup(
        EntityModel model, Document condition, @Nullable Document projection) {}
