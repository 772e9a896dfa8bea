package clearml.bench;

import java.util.Optional;

/**
 * A workload beside the raw figure of the same work.
 *
 * @param raw the same work without the server; none where the stores are not known
 * @param goal what is aimed at, in words
 */
record Case(String name, String goal, Maker work, Optional<Maker> raw) {

    /** Prepares what a workload needs; called right before it is measured. */
    interface Maker {
        Workload make() throws Exception;
    }
}
