package clearml.apiserver.store.elastic;

import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The index templates, put at every start: indices are created by the first write into them and take their mapping from
 * there.
 */
@Component
public class ElasticTemplates {

    private static final String EVENTS = "events*";
    private static final int NOT_FOUND = 404;

    private final ElasticCluster events;
    private final ElasticCluster workers;

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

    private static void put(ElasticCluster cluster, Map<String, Map<String, Object>> templates) {
        templates.forEach((name, body) -> cluster.json("PUT", "/_index_template/" + name, body));
    }

    private static void removeLegacy(ElasticCluster cluster, List<String> names) {
        for (String name : names) {
            cluster.json("DELETE", "/_template/" + name, Map.of("ignore", Integer.toString(NOT_FOUND)), null);
        }
    }
}
