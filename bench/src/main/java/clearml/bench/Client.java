package clearml.bench;

/** One caller of a case, used by one thread. */
interface Client extends AutoCloseable {

    /**
     * One call.
     *
     * @param number counts all calls of the case, over all clients
     * @return whether it succeeded
     */
    boolean call(long number) throws Exception;

    @Override
    default void close() throws Exception {}
}
