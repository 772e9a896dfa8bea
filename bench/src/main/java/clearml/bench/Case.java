package clearml.bench;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A workload beside the raw figure of the same work.
 *
 * @param raw the same work without the server; none where the stores are not known
 * @param goal what is aimed at, in words
 * @param clients how many call at the same time, where the goal is about so many; none for as many as the options say
 * @param rate calls per second, where the case is one of the open model; none for what the options say
 */
record Case(String name, String goal, Maker work, Optional<Maker> raw, OptionalInt clients, OptionalInt rate) {

    Case(String name, String goal, Maker work, Optional<Maker> raw) {
        this(name, goal, work, raw, OptionalInt.empty(), OptionalInt.empty());
    }

    /** The same case, always with so many clients. */
    Case by(int clients) {
        return new Case(name, goal, work, raw, OptionalInt.of(clients), rate);
    }

    /** The same case in the open model, with so many calls per second. */
    Case atRate(int rate) {
        return new Case(name, goal, work, raw, clients, OptionalInt.of(rate));
    }

    /** Prepares what a workload needs; called right before it is measured. */
    interface Maker {
        Workload make() throws Exception;
    }
}
