package clearml.embedded.mongo;

/** A collection's full name. */
record Namespace(String database, String collection) {

    static Namespace of(String full) {
        int dot = full.indexOf('.');
        return new Namespace(full.substring(0, dot), full.substring(dot + 1));
    }

    @Override
    public String toString() {
        return database + "." + collection;
    }
}
