package clearml.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedDefaultsTest {

    private final ServerConfig config = ServerConfig.load(Map.of("CLEARML_CONFIG_DIR", "/nowhere"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apiserver.listen.ip | 0.0.0.0",
                "apiserver.listen.port | 8008",
                "apiserver.version.required | false",
                "apiserver.db_init_timout | 120",
                "apiserver.elastic.probing.max_retries | 4",
                "apiserver.elastic.probing.timeout | 30",
                "apiserver.auth.max_expiration_sec | 31536000",
                "apiserver.auth.default_expiration_sec | 2592000",
                "apiserver.workers.task_update_timeout | 600",
                "apiserver.statistics.report_interval_hours | 24",
                "apiserver.getting_started_info.install | pip install clearml",
                "apiserver.response.headers.server | clearml",
                "hosts.fileserver | http://localhost:8081",
                "hosts.api_server | http://apiserver:8008",
                "services._mongo.max_page_size | 500",
                "services._mongo.scroll_state_expiration_seconds | 600",
                "services._elastic.mappings.events.number_of_shards | 1",
                "services.async_urls_delete.max_retries | 3",
                "services.jobs.lease_sec | 15",
                "services.async_urls_delete.fileserver.token_expiration_sec | 600",
                "services.auth.fixed_users.guest.username | guest",
                "services.events.events_retrieval.max_raw_scalars_size | 200000",
                "services.events.plot_compression_threshold | 100000",
                "services.models.metadata_values.cache_ttl_sec | 86400",
                "services.organization.download.max_download_items | 50000",
                "services.projects.featured.public_default | 9999",
                "services.projects.sub_projects.max_depth | 10",
                "services.queues.metrics_refresh_interval_sec | 300",
                "services.serving.min_chart_interval_sec | 40",
                "services.tasks.non_responsive_tasks_watchdog.threshold_sec | 7200",
                "services.tasks.max_last_metrics | 2000",
                "services.workers.default_worker_timeout_sec | 600",
                "fileserver.download.cache_timeout_sec | 300",
                "fileserver.auth.tokens_cache_threshold_sec | 43200",
                "fileserver.upload.allow_put | false"
            })
    void are_those_of_the_reference(String path, String value) {
        assertThat(config.string(path)).isEqualTo(value);
    }

    @Test
    void lists_are_those_of_the_reference() {
        assertThat(config.strings("services.events.ignore_iteration.metrics"))
                .containsExactly(":monitor:machine", ":monitor:gpu");
        assertThat(config.strings("services.queues.hidden_tags")).containsExactly("k8s-glue");
        assertThat(config.strings("services.organization.project_usages.excluded_task_tags"))
                .containsExactly("dataset", "reports", "hidden");
        assertThat(config.raw("apiserver.return_stack_on_code")).contains(List.of(List.of(500, 0)));
        assertThat(config.strings("services.projects.featured.order")).isEmpty();
    }

    @Test
    void well_known_secrets_are_told_from_own_ones() {
        assertThat(config.shippedSecrets())
                .containsExactly(
                        "secure.auth.token_secret",
                        "secure.credentials.apiserver.user_secret",
                        "secure.credentials.fileserver.user_secret",
                        "secure.credentials.tests.user_secret",
                        "secure.credentials.webserver.user_secret");
        assertThat(config.with(Map.of(
                                "secure.auth.token_secret", "own",
                                "secure.credentials.apiserver.user_secret", "own",
                                "secure.credentials.tests.user_secret", ""))
                        .shippedSecrets())
                .containsExactly(
                        "secure.credentials.fileserver.user_secret", "secure.credentials.webserver.user_secret");
    }
}
