package clearml.apiserver.events;

import clearml.apiserver.jobs.Job;
import clearml.apiserver.jobs.Lease;
import clearml.apiserver.jobs.Schedule;
import clearml.apiserver.store.elastic.UnrefreshedWrites;
import clearml.config.ServerConfig;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Works off {@link EventsToDelete}, not faster than {@code services.events.max_async_deleted_events_per_sec}. */
@Component
class EventDeletionJob implements Job {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final EventsToDelete work;
    private final EventRemoval removal;
    private final UnrefreshedWrites unrefreshed;
    private final int perSecond;

    EventDeletionJob(EventsToDelete work, EventRemoval removal, UnrefreshedWrites unrefreshed, ServerConfig config) {
        this.work = work;
        this.removal = removal;
        this.unrefreshed = unrefreshed;
        this.perSecond = config.integer("services.events.max_async_deleted_events_per_sec");
    }

    @Override
    public String name() {
        return "event-deletion";
    }

    @Override
    public Schedule schedule() {
        // Even where nothing is deleted in the background any more, what was left for it is to be.
        return Schedule.every(PAUSE, true);
    }

    @Override
    public long run(Lease lease) {
        long[] removed = {0};
        EventsToDelete.Order order;
        while (lease.isHeld() && (order = work.next()) != null) {
            try {
                boolean ended = removal.remove(order.scope(), order.query(), events -> {
                    removed[0] += events;
                    throttle(events);
                    return lease.isHeld();
                });
                if (ended) {
                    order.scope().indices().forEach(unrefreshed::refresh);
                    work.done(order);
                }
            } catch (RuntimeException e) {
                work.failed(order, e.toString());
                throw e;
            }
        }
        return removed[0];
    }

    private void throttle(int events) {
        if (perSecond > 0) {
            try {
                Thread.sleep(1000L * events / perSecond);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped", e);
            }
        }
    }
}
