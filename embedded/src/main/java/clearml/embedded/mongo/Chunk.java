package clearml.embedded.mongo;

/**
 * Some consecutive elements of a long array, each its type and its value without a name, so that nothing depends on their
 * position. Never changed; the unit in which long arrays are written.
 */
final class Chunk {

    private final byte[] bytes;
    private long id;

    /** @param id its key in the file, 0 while it is not there */
    Chunk(byte[] bytes, long id) {
        this.bytes = bytes;
        this.id = id;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Its key in the file, 0 while it is not there. For writers only. */
    long id() {
        return id;
    }

    void id(long given) {
        id = given;
    }
}
