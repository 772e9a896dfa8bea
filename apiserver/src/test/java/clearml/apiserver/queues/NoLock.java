package clearml.apiserver.queues;

import java.util.function.Supplier;

/** For tests with one thread. */
final class NoLock extends TaskQueueLock {

    static final TaskQueueLock LOCK = new NoLock();

    private NoLock() {
        super(null);
    }

    @Override
    public <T> T holding(String task, Supplier<T> change) {
        return change.get();
    }
}
