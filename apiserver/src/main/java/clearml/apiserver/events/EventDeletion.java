package clearml.apiserver.events;

import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.Search;
import clearml.apiserver.store.elastic.SearchAnswer;
import clearml.apiserver.store.elastic.UnrefreshedWrites;
import clearml.config.ServerConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Deletes the events of tasks and models, of every type. Only what is there at the start is deleted; nothing changes in the
 * documents of the tasks and models.
 */
@Component
public class EventDeletion {

    /** More than there can be indices of a company. */
    private static final int INDICES = 100;

    private final ElasticCluster events;
    private final UnrefreshedWrites unrefreshed;
    private final EventRemoval removal;
    private final EventsToDelete later;
    private final boolean mayBeLater;
    private final long laterFrom;

    EventDeletion(
            ElasticCluster eventsCluster,
            UnrefreshedWrites unrefreshed,
            EventRemoval removal,
            EventsToDelete later,
            ServerConfig config) {
        this.events = eventsCluster;
        this.unrefreshed = unrefreshed;
        this.removal = removal;
        this.later = later;
        this.mayBeLater = config.bool("services.tasks.async_events_delete");
        this.laterFrom = config.longInteger("services.tasks.async_events_delete_threshold");
    }

    /**
     * Deletes all events of tasks or models; they are gone when this returns.
     *
     * @param company the caller's
     * @param ids of tasks and models
     * @return how many were deleted
     */
    public int delete(String company, Collection<String> ids) {
        int deleted = 0;
        for (List<String> chunk : EventScope.chunks(ids)) {
            deleted += delete(scope(chunk, company), EventQuery.ofTasks(chunk).query());
        }
        return deleted;
    }

    /** Deletes some events; they are gone when this returns, and their number is returned. */
    int delete(EventScope scope, Map<String, Object> query) {
        unrefreshed.makeReadable(scope.indices(), scope.tasks());
        return removal.remove(scope, query);
    }

    /** The same where nobody waits for it: very many events are deleted in the background, slowly. */
    public void deleteLater(String company, Collection<String> ids) {
        for (List<String> chunk : EventScope.chunks(ids)) {
            EventScope scope = scope(chunk, company);
            unrefreshed.makeReadable(scope.indices(), chunk);
            List<EventsToDelete.UpTo> found = found(scope);
            long events = found.stream().mapToLong(EventsToDelete.UpTo::events).sum();
            if (mayBeLater && events > 0 && (chunk.size() >= EventScope.IDS || events > laterFrom)) {
                later.add(company, chunk, found);
            } else {
                removal.remove(scope, EventQuery.ofTasks(chunk).query());
            }
        }
    }

    /** How many events there are in each index, and which was the last that was written. */
    private List<EventsToDelete.UpTo> found(EventScope scope) {
        Map<String, Object> indices =
                Queries.byTerm("_index", INDICES, "asc", Map.of("last", Queries.metric("max", "_seq_no")));
        Map<String, Object> query = EventQuery.ofTasks(scope.tasks()).query();
        SearchAnswer answer =
                events.search(new Search(scope.index(), Queries.aggregating(query, Map.of("indices", indices))));
        List<EventsToDelete.UpTo> found = new ArrayList<>();
        for (SearchAnswer.Bucket index : answer.buckets("indices")) {
            Double last = index.value("last");
            found.add(new EventsToDelete.UpTo(index.key(), last == null ? 0 : last.longValue(), index.documents()));
        }
        return found;
    }

    private static EventScope scope(List<String> ids, String company) {
        return new EventScope(List.of(company), ids, null);
    }
}
