package clearml.apiserver.queues;

import clearml.apiserver.store.elastic.BulkWriter;
import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.ElasticException;
import clearml.apiserver.store.elastic.MonthlyIndices;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures queues after they have changed: length and average waiting time (s), into the monthly index
 * {@code queue_metrics_<company>_<YYYY-MM>} and, the last one, into Redis. In the background, several changes at once:
 * neither store being slow or away is to hold up those who enqueue and pull.
 */
@Component
class QueueMetrics implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(QueueMetrics.class);
    private static final long PAUSE_MS = 400;

    /** How often a queue that is only looked at is measured. */
    private static final long IDLE_MS = 30_000;

    private static final int MOST_POPPED = 1_000;
    /** The beginning of the indices' names. */
    static final String INDEX = "queue_metrics";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** @param popped when the entries were added that have been pulled since the last measurement: they count */
    private record Change(String company, List<Date> popped) {}

    private final QueueStore store;
    private final ElasticCluster elastic;
    private final StringRedisTemplate redis;
    private final Map<String, Change> changes = new HashMap<>();
    private final Map<String, Long> lastMeasured = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "queue-metrics");
        daemon.setDaemon(true);
        return daemon;
    });

    QueueMetrics(QueueStore store, ElasticCluster workersCluster, StringRedisTemplate redis) {
        this.store = store;
        this.elastic = workersCluster;
        this.redis = redis;
    }

    /** Somebody looked for a task and found none. */
    void polled(String queue, String company) {
        Long last = lastMeasured.get(queue);
        if (last == null || System.currentTimeMillis() - last > IDLE_MS) {
            changed(queue, company, null);
        }
    }

    /** @param popped the entry that was pulled, if the change was that */
    void changed(String queue, String company, @Nullable Document popped) {
        synchronized (changes) {
            if (changes.isEmpty()) {
                thread.schedule(this::measureQuietly, PAUSE_MS, TimeUnit.MILLISECONDS);
            }
            Change change = changes.computeIfAbsent(queue, id -> new Change(company, new ArrayList<>()));
            if (popped != null
                    && popped.get("added") instanceof Date added
                    && change.popped().size() < MOST_POPPED) {
                change.popped().add(added);
            }
        }
        lastMeasured.put(queue, System.currentTimeMillis());
    }

    /** Measures queues at once, and those that have changed, and makes that readable. */
    void measureNow(Collection<String> queues, String company) {
        boolean pending;
        synchronized (changes) {
            queues.forEach(queue -> changes.computeIfAbsent(queue, id -> new Change(company, new ArrayList<>())));
            pending = !changes.isEmpty();
        }
        if (pending) {
            measureQuietly();
        }
        refresh(MonthlyIndices.at(INDEX, company, System.currentTimeMillis()));
    }

    private void refresh(String index) {
        try {
            elastic.refresh(index);
        } catch (ElasticException e) {
            LOG.debug("The newest metrics of queues are not there yet", e);
        }
    }

    private void measureQuietly() {
        Map<String, Change> taken;
        synchronized (changes) {
            taken = new HashMap<>(changes);
            changes.clear();
        }
        try {
            measure(taken);
        } catch (RuntimeException e) {
            LOG.warn("The metrics of {} queues are lost: {}", taken.size(), e.getMessage());
        }
    }

    private void measure(Map<String, Change> taken) {
        long now = System.currentTimeMillis();
        BulkWriter bulk = new BulkWriter(elastic);
        Map<String, String> last = new HashMap<>();
        for (Document queue : store.list(Filters.in("_id", taken.keySet()), "entries.added")) {
            String id = queue.getString("_id");
            Change change = taken.get(id);
            if (change != null) {
                Map<String, Object> measured = measured(id, queue, change.popped(), now);
                bulk.add(MonthlyIndices.at(INDEX, change.company(), now), measured);
                last.put(key(id), JSON.writeValueAsString(measured));
            }
        }
        if (!last.isEmpty()) {
            redis.opsForValue().multiSet(last);
            bulk.send();
        }
    }

    static Map<String, Object> measured(String id, Document queue, List<Date> popped, long now) {
        List<Date> added = new ArrayList<>(popped);
        QueueStore.entries(queue).forEach(entry -> {
            if (entry.get("added") instanceof Date date) {
                added.add(date);
            }
        });
        Map<String, Object> measured = new LinkedHashMap<>();
        measured.put("timestamp", now);
        measured.put("queue", id);
        measured.put(
                "average_waiting_time",
                added.stream()
                        .mapToDouble(date -> (now - date.getTime()) / 1000.0)
                        .average()
                        .orElse(0));
        measured.put("queue_length", added.size());
        return measured;
    }

    /** Where the last measurement of a queue is in Redis. */
    static String key(String queue) {
        return "queue_metrics_" + queue;
    }

    @Override
    public void destroy() {
        thread.shutdown();
        measureQuietly();
    }
}
