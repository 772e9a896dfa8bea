package clearml.apiserver.store.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesReaderTest {

    @Test
    void seriesAreReadInOrderWhateverElseIsSaid() {
        var answers = read("""
                {"took":3,"responses":[
                  {"_shards":{"total":1},"hits":{"hits":[]},"aggregations":{"m":{"sum_other_doc_count":0,"buckets":[
                    {"key":"loss","doc_count":3,"v":{"doc_count_error_upper_bound":0,"buckets":[
                      {"key":"train","doc_count":3,"p":{"buckets":[
                        {"key":-10.0,"doc_count":1,"a":{"value":0.5}},
                        {"key":1.0E10,"doc_count":0,"a":{"value":null}},
                        {"key_as_string":"2023","key":1700000000000,"doc_count":2,"a":{"value":1}}]}},
                      {"key":"val","doc_count":0,"p":{"buckets":[]}}]}},
                    {"key":"acc","doc_count":1,"v":{"buckets":[{"key":"","doc_count":1,"p":{"buckets":[
                        {"key":5,"doc_count":1,"a":{"value":2.0}}]}}]}}]}},"status":200},
                  {"took":1,"hits":{},"status":200}]}
                """);

        assertThat(answers)
                .isEqualTo(List.of(
                        List.of(
                                new SeriesPoints(
                                        "loss",
                                        "train",
                                        List.of(-10L, 10_000_000_000L, 1_700_000_000_000L),
                                        Arrays.asList(0.5, null, 1.0)),
                                new SeriesPoints("loss", "val", List.of(), List.of()),
                                new SeriesPoints("acc", "", List.of(5L), List.of(2.0))),
                        List.of()));
    }

    @Test
    void theAxisIsTextWhereAskedFor() {
        String answer = "{\"responses\":[{\"aggregations\":{\"m\":{\"buckets\":[{\"key\":\"loss\",\"v\":{\"buckets\":["
                + "{\"key\":\"train\",\"p\":{\"buckets\":[{\"key_as_string\":\"2023\",\"key\":5,\"a\":{\"value\":2}}]}}]}}]}}}]}";

        var series = SeriesReader.read(answer.getBytes(StandardCharsets.UTF_8), true);
        assertThat(series.get(0).get(0).x()).containsExactly("2023");
    }

    @Test
    void statisticsAreAveragesWithBounds() {
        var series = read("""
                        {"responses":[{"aggregations":{"m":{"buckets":[{"key":"loss","v":{"buckets":[
                          {"key":"train","p":{"buckets":[
                            {"key":1.0,"doc_count":2,"s":{"count":2,"min":1.0,"max":3.0,"avg":2.0,"sum":4.0}},
                            {"key":2.0,"doc_count":1,"s":{"count":0,"min":null,"max":null,"avg":null,"sum":0.0}}
                          ]}}]}}]}}}]}""").get(0).get(0);
        assertThat(series.y()).containsExactly(2.0, null);
        assertThat(series.min()).containsExactly(1.0, null);
        assertThat(series.max()).containsExactly(3.0, null);
    }

    @Test
    void aSearchThatFailedIsTheFailureOfAll() {
        assertThatThrownBy(() ->
                        read("{\"responses\":[{\"error\":{\"root_cause\":[{\"type\":\"too_many_buckets_exception\","
                                + "\"reason\":\"many\"}]},\"status\":400}]}"))
                .isInstanceOf(ElasticException.class)
                .hasMessageContaining("too_many_buckets_exception");
        assertThatThrownBy(
                        () -> read(
                                "{\"responses\":[{\"error\":{\"root_cause\":[],\"type\":\"search_phase_execution_exception\","
                                        + "\"caused_by\":{\"type\":\"too_many_buckets_exception\",\"reason\":\"many\"}},\"status\":400}]}"))
                .isInstanceOfSatisfying(
                        ElasticException.class,
                        failure -> assertThat(failure.tooManyBuckets()).isTrue());
        assertThatThrownBy(() -> read("{\"responses\":[")).isInstanceOf(ElasticException.class);
    }

    private static List<List<SeriesPoints>> read(String answer) {
        return SeriesReader.read(answer.getBytes(StandardCharsets.UTF_8), false);
    }
}
