package clearml.apiserver.queues;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Tells those who wait at this server that a task came into a queue; what comes through another server they must look for. */
@Component
class QueueArrivals {

    private final Map<String, CompletableFuture<Void>> next = new ConcurrentHashMap<>();

    void arrived(String queue) {
        CompletableFuture<Void> waiting = next.remove(queue);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Is done at the next arrival. To be asked for before the queue is looked at, or an arrival between goes unnoticed. */
    CompletableFuture<Void> next(String queue) {
        return next.computeIfAbsent(queue, id -> new CompletableFuture<>());
    }
}
