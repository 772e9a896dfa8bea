package clearml.apiserver.projects;

import clearml.apiserver.call.Caller;
import clearml.apiserver.store.redis.StoreLocks;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * One change at a time of the tree of a company's projects: names and paths of a branch are many documents, and whoever
 * adds to the branch or renames another part of it meanwhile would leave names that fit no parent. What a holder that died
 * has left undone is done by the next one first.
 */
@Component
class ProjectTreeLock {

    private final StoreLocks locks;
    private final ProjectBranches branches;

    ProjectTreeLock(StoreLocks locks, ProjectBranches branches) {
        this.locks = locks;
        this.branches = branches;
    }

    <T> T holding(Caller caller, Supplier<T> change) {
        return locks.holding(name(caller.company()), () -> branches.complete(caller.company()), change);
    }

    /** Waits for whoever holds the tree, and does what was left undone. */
    void settle(String company) {
        locks.holding(name(company), () -> branches.complete(company), () -> true);
    }

    private static String name(String company) {
        return "projects_" + company;
    }
}
