package clearml.apiserver.store.elastic;

import clearml.config.ElasticSettings;
import clearml.config.ServerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.http.HttpHost;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connections to Elasticsearch, one for each cluster that the server uses. */
@Configuration(proxyBeanMethods = false)
class ElasticConfiguration {

    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int CONNECTIONS = 64;

    /** Scalars, plots, debug images, logs. */
    @Bean(destroyMethod = "close")
    RestClient eventsElastic(ServerConfig config) {
        return client(config.elastic("events"));
    }

    /** Statistics of workers and queues. */
    @Bean(destroyMethod = "close")
    RestClient workersElastic(ServerConfig config) {
        return client(config.elastic("workers"));
    }

    @Bean
    ElasticCluster eventsCluster(RestClient eventsElastic, MeterRegistry meters) {
        return new ElasticCluster(eventsElastic, "events", meters);
    }

    @Bean
    ElasticCluster workersCluster(RestClient workersElastic, MeterRegistry meters) {
        return new ElasticCluster(workersElastic, "workers", meters);
    }

    private static RestClient client(ElasticSettings settings) {
        HttpHost[] hosts = settings.hosts().stream()
                .map(host -> new HttpHost(host.host(), host.port(), host.scheme()))
                .toArray(HttpHost[]::new);
        RestClientBuilder builder = RestClient.builder(hosts)
                .setRequestConfigCallback(request -> request.setConnectTimeout(CONNECT_TIMEOUT_MS)
                        .setSocketTimeout((int) settings.timeout().toMillis()));
        return builder.setHttpClientConfigCallback(http -> {
                    settings.credentials().ifPresent(credentials -> {
                        BasicCredentialsProvider provider = new BasicCredentialsProvider();
                        provider.setCredentials(
                                AuthScope.ANY,
                                new UsernamePasswordCredentials(credentials.user(), credentials.password()));
                        http.setDefaultCredentialsProvider(provider);
                    });
                    return http.setMaxConnTotal(CONNECTIONS).setMaxConnPerRoute(CONNECTIONS);
                })
                .build();
    }
}
