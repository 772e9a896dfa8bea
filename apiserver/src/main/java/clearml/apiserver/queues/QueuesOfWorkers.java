package clearml.apiserver.queues;

import clearml.apiserver.workers.WorkerQueues;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** What workers need of queues. */
@Component
class QueuesOfWorkers implements WorkerQueues {

    private final QueueStore store;

    QueuesOfWorkers(QueueStore store) {
        this.store = store;
    }

    @Override
    public Map<String, Queue> byId(Collection<String> ids, String company) {
        Map<String, Queue> found = new HashMap<>();
        if (!ids.isEmpty()) {
            store.summaries(own(ids, company)).forEach(queue -> found.put(queue.getString("_id"), queue(queue)));
        }
        return found;
    }

    private static Queue queue(Document queue) {
        Object next = queue.get("next") instanceof Document entry ? entry.get("task") : null;
        return new Queue(
                queue.getString("_id"),
                queue.getString("name"),
                queue.getString("display_name"),
                queue.get("length") instanceof Number length ? length.intValue() : 0,
                next == null ? null : next.toString());
    }

    @Override
    public void setResources(Collection<String> ids, Map<String, Double> resources, String company) {
        List<Bson> changes = resources.entrySet().stream()
                .map(resource -> Updates.set("resources." + resource.getKey(), resource.getValue()))
                .toList();
        store.updateAll(own(ids, company), Updates.combine(changes));
    }

    private static Bson own(Collection<String> ids, String company) {
        return Filters.and(Filters.in("_id", ids), Filters.eq("company", company));
    }
}
