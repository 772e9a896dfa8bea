package clearml.apiserver.projects;

import clearml.apiserver.call.Caller;
import clearml.apiserver.store.redis.StoreLocks;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * One change at a time of the tree of a company's projects: names and paths of a branch are many documents, and whoever
 * adds to the branch or renames another part of it meanwhile would leave names that fit no parent.
 */
@Component
class ProjectTreeLock {

    private final StoreLocks locks;

    ProjectTreeLock(StoreLocks locks) {
        this.locks = locks;
    }

    <T> T holding(Caller caller, Supplier<T> change) {
        return locks.holding("projects_" + caller.company(), change);
    }
}
