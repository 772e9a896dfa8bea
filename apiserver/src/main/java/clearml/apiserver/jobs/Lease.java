package clearml.apiserver.jobs;

/** The right to run a job. */
@FunctionalInterface
public interface Lease {

    /** Whether no other server can have taken the job over. */
    boolean isHeld();
}
