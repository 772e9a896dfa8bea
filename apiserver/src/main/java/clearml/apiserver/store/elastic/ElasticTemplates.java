package clearml.apiserver.store.elastic;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The index templates, put at every start, or later if Elasticsearch is away then: indices are created by the first write into them and take their mapping from
 * there.
 */
@Component
public class ElasticTemplates implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ElasticTemplates.class);
    private static final int RETRY_SECONDS = 1;
    private static final String EVENTS = "events*";
    private static final int NOT_FOUND = 404;

    private final ElasticCluster events;
    private final ElasticCluster workers;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "elasticsearch-templates");
        daemon.setDaemon(true);
        return daemon;
    });

    ElasticTemplates(ElasticCluster eventsCluster, ElasticCluster workersCluster) {
        this.events = eventsCluster;
        this.workers = workersCluster;
    }

    /**
     * Whether templates of a server are there already; false for a new Elasticsearch.
     *
     * @throws ElasticException when it does not answer; the caller decides how often to try again
     */
    public boolean probe() {
        return exists("/_index_template/" + EVENTS, "index_templates") || exists("/_template/" + EVENTS, "");
    }

    private boolean exists(String path, String list) {
        try {
            Map<String, ?> answer = events.json("GET", path, null);
            return list.isEmpty() ? !answer.isEmpty() : answer.get(list) instanceof List<?> found && !found.isEmpty();
        } catch (ElasticException e) {
            if (e.status() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Puts the templates of both clusters and removes the legacy ones; may be repeated.
     *
     * @throws ElasticException when Elasticsearch does not answer or refuses
     */
    public void apply() {
        events.json("PUT", "/_component_template/" + EventTemplates.COMPONENT, EventTemplates.component());
        put(events, EventTemplates.indices());
        removeLegacy(events, EventTemplates.LEGACY);
        put(workers, WorkerTemplates.indices());
        removeLegacy(workers, WorkerTemplates.LEGACY);
    }

    /** Puts them when Elasticsearch answers at last. Until then no document is written, which would make an index without. */
    public void applyLater() {
        setWritable(false);
        later.schedule(this::applyOrRetry, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    private void applyOrRetry() {
        try {
            apply();
            setWritable(true);
            LOG.info("Elasticsearch is up");
        } catch (ElasticException e) {
            later.schedule(this::applyOrRetry, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void setWritable(boolean writable) {
        events.setWritable(writable);
        workers.setWritable(writable);
    }

    @Override
    public void destroy() {
        later.shutdownNow();
    }

    private static void put(ElasticCluster cluster, Map<String, Map<String, Object>> templates) {
        templates.forEach((name, body) -> cluster.json("PUT", "/_index_template/" + name, body));
    }

    private static void removeLegacy(ElasticCluster cluster, List<String> names) {
        for (String name : names) {
            cluster.json("DELETE", "/_template/" + name, Map.of("ignore", Integer.toString(NOT_FOUND)), null);
        }
    }
}
