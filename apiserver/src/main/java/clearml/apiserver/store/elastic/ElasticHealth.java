package clearml.apiserver.store.elastic;

import java.io.IOException;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether Elasticsearch answers: component {@code elasticsearch} of the health page. */
@Component("elasticsearchHealthIndicator")
class ElasticHealth extends AbstractHealthIndicator {

    private final RestClient eventsElastic;

    ElasticHealth(RestClient eventsElastic) {
        super("Elasticsearch does not answer");
        this.eventsElastic = eventsElastic;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws IOException {
        eventsElastic.performRequest(new Request("GET", "/_cluster/health"));
        health.up();
    }
}
