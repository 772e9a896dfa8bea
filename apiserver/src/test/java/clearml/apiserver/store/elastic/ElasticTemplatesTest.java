package clearml.apiserver.store.elastic;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElasticTemplatesTest {

    @Test
    void everyTypeOfEventHasATemplateOnTheCommonComponent() {
        assertThat(EventTemplates.indices())
                .containsOnlyKeys(
                        "events_log",
                        "events_plot",
                        "events_training_debug_image",
                        "events_training_stats_scalar",
                        "events_training_stats_vector");
        assertThatJson(EventTemplates.indices().get("events_log")).isEqualTo("""
                {"index_patterns": ["events-log-*"], "priority": 500, "composed_of": ["events_common"],
                 "template": {"mappings": {"properties":
                   {"msg": {"type": "text", "index": false}, "level": {"type": "keyword"}}}}}""");
        assertThatJson(EventTemplates.indices().get("events_training_stats_scalar"))
                .isEqualTo("""
                {"index_patterns": ["events-training_stats_scalar-*"], "priority": 500, "composed_of": ["events_common"]}""");
    }

    @Test
    void valuesAreOf32BitsAndDatesOfTheDefaultFormat() {
        assertThatJson(EventTemplates.component()).isEqualTo("""
                {"template": {
                  "settings": {"number_of_shards": 1, "number_of_replicas": 0},
                  "mappings": {"_source": {"enabled": true}, "properties": {
                    "@timestamp": {"type": "date"}, "timestamp": {"type": "date"}, "task": {"type": "keyword"},
                    "type": {"type": "keyword"}, "worker": {"type": "keyword"}, "iter": {"type": "long"},
                    "metric": {"type": "keyword"}, "variant": {"type": "keyword"}, "value": {"type": "float"},
                    "company_id": {"type": "keyword"}, "model_event": {"type": "boolean"}}}}}""");
    }

    @Test
    void statisticsOfQueuesWorkersAndServingStandAlone() {
        assertThat(WorkerTemplates.indices()).containsOnlyKeys("queue_metrics", "worker_stats", "serving_stats");
        assertThatJson(WorkerTemplates.indices().get("queue_metrics")).isEqualTo("""
                {"index_patterns": ["queue_metrics_*"], "priority": 500, "template": {
                  "settings": {"number_of_shards": 1, "number_of_replicas": 0},
                  "mappings": {"_source": {"enabled": true}, "properties": {
                    "timestamp": {"type": "date"}, "queue": {"type": "keyword"}, "company_id": {"type": "keyword"},
                    "average_waiting_time": {"type": "float"}, "queue_length": {"type": "integer"}}}}}""");
    }
}
