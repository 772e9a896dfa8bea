package clearml.apiserver.events;

/** The horizontal axis of scalars. */
enum ScalarKey {
    ITER("iter"),
    TIMESTAMP("timestamp"),
    ISO_TIME("timestamp");

    private final String field;

    ScalarKey(String field) {
        this.field = field;
    }

    String field() {
        return field;
    }
}
