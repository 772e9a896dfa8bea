package clearml.bench;

/**
 * Work that can be measured.
 *
 * @param clients makes the callers, after what they need has been prepared
 * @param unit what a call does {@code perCall} of
 */
record Workload(String name, ClientFactory clients, String unit, long perCall) {

    /** Makes a caller. */
    interface ClientFactory {
        Client make() throws Exception;
    }

    /** A call that does one thing. */
    static Workload calls(String name, ClientFactory clients) {
        return new Workload(name, clients, "call", 1);
    }
}
