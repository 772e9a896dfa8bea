package clearml.apiserver.jobs;

/**
 * Work that is done again and again, by one of all the servers on the same stores at a time. Each bean of this type is
 * run. A holder that was cut off from MongoDB may overlap with its successor for an instant, so every write of a job is
 * conditional, as those of endpoints are.
 */
public interface Job {

    /** Unique, in lower case with hyphens; the id of its lease and the label of its metrics. */
    String name();

    /** When it runs, if at all. */
    Schedule schedule();

    /**
     * Runs once. What it throws is logged and counted, and it runs again after the pause.
     *
     * @param lease to be asked between the steps of a long run, which ends when the lease is lost
     * @return how many things it did
     */
    long run(Lease lease);
}
