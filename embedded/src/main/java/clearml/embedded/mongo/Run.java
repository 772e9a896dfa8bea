package clearml.embedded.mongo;

/** The elements of a chunk, {@code count} of them, that lie between two places in its bytes. */
record Run(Chunk chunk, int from, int to, int count) {

    static Run whole(Chunk chunk, int count) {
        return new Run(chunk, 0, chunk.bytes().length, count);
    }

    int length() {
        return to - from;
    }

    /** Where the element at an index of the run begins; its end for the count. */
    int place(int index) {
        byte[] bytes = chunk.bytes();
        if (index == count) {
            return to;
        }
        int at = from;
        for (int i = 0; i < index; i++) {
            at = next(bytes, at);
        }
        return at;
    }

    /** Where the element begins behind the one at {@code at}. */
    static int next(byte[] bytes, int at) {
        return BsonReader.endOfValue(bytes, bytes[at], at + 1);
    }

    /** The part from one index to before another. */
    Run part(int first, int end) {
        return first == 0 && end == count ? this : new Run(chunk, place(first), place(end), end - first);
    }
}
