package clearml.embedded.mongo;

/** A document as its BSON bytes, to be sent as it is. */
@SuppressWarnings("ArrayRecordComponent")
record RawDocument(byte[] bytes) {}
