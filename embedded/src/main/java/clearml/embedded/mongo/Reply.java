package clearml.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;

/** An answer to the request with the given id; {@code legacy} ones are answers to OP_QUERY. */
record Reply(int responseTo, Document document, boolean legacy) {}
