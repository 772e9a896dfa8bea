package clearml.apiserver.store.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BulkWriterTest {

    @Test
    void everythingGoesInOneBulk() throws IOException {
        try (FakeElastic elastic = new FakeElastic(FakeElastic.stores())) {
            assertThat(written(elastic, "a", "b", "c")).hasSize(3).allMatch(BulkItem::done);
            assertThat(elastic.bulks()).hasSize(1);
        }
    }

    @Test
    void whatIsMuchGoesInSeveralBulks() throws IOException {
        try (FakeElastic elastic = new FakeElastic(FakeElastic.stores())) {
            String large = "x".repeat(13 * 1024 * 1024);
            assertThat(written(elastic, large, large, large)).allMatch(BulkItem::done);
            assertThat(elastic.bulks()).extracting(List::size).containsExactly(2, 1);
        }
    }

    @Test
    void aDocumentThatElasticsearchCannotTakeIsRefusedAloneAndNotSent() throws IOException {
        try (FakeElastic elastic = new FakeElastic(FakeElastic.stores())) {
            List<BulkItem> items = written(elastic, "a", "x".repeat(100 * 1024 * 1024), "b");
            assertThat(items).extracting(BulkItem::done).containsExactly(true, false, true);
            assertThat(elastic.bulks()).extracting(List::size).containsExactly(1, 1);
        }
    }

    @Test
    void whatElasticsearchHasNoRoomForIsSentAgain() throws IOException {
        try (FakeElastic elastic = new FakeElastic(
                FakeElastic.refusesThose("b", 429, "es_rejected_execution_exception"),
                FakeElastic.refusesThose("b", 503, "unavailable_shards_exception"),
                FakeElastic.stores())) {
            assertThat(written(elastic, "a", "b", "c")).allMatch(BulkItem::done);
            assertThat(elastic.bulks()).extracting(List::size).containsExactly(3, 1, 1);
        }
    }

    @Test
    void aBulkThatIsRefusedAsAWholeIsSentAgain() throws IOException {
        try (FakeElastic elastic = new FakeElastic(
                FakeElastic.refuses(429, "circuit_breaking_exception"),
                FakeElastic.refuses(503, "cluster_block_exception"),
                FakeElastic.stores())) {
            assertThat(written(elastic, "a", "b")).allMatch(BulkItem::done);
            assertThat(elastic.bulks()).hasSize(3);
        }
    }

    @Test
    void anElasticsearchThatStaysOverloadedIsGivenUpAsTemporary() throws IOException {
        try (FakeElastic elastic = new FakeElastic(FakeElastic.refuses(429, "es_rejected_execution_exception"))) {
            assertThatThrownBy(() -> written(elastic, "a"))
                    .isInstanceOfSatisfying(
                            ElasticException.class,
                            failure -> assertThat(failure.temporary()).isTrue());
            assertThat(elastic.bulks()).hasSizeBetween(3, 10);
        }
    }

    @Test
    void anElasticsearchThatDoesNotAnswerIsAskedTwice() throws IOException {
        try (FakeElastic elastic = new FakeElastic(FakeElastic.hangs(), FakeElastic.stores())) {
            assertThat(written(elastic, "a")).allMatch(BulkItem::done);
        }
        try (FakeElastic elastic = new FakeElastic(FakeElastic.hangs())) {
            assertThatThrownBy(() -> written(elastic, "a"))
                    .isInstanceOfSatisfying(
                            ElasticException.class,
                            failure -> assertThat(failure.temporary()).isTrue());
            assertThat(elastic.bulks()).hasSize(2);
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingMaySendTheSameAgain() throws IOException {
        Thread waiting = Thread.currentThread();
        try (FakeElastic elastic = new FakeElastic(documents -> {
            waiting.interrupt();
            return FakeElastic.hangs().to(documents);
        })) {
            assertThatThrownBy(() -> written(elastic, "a"))
                    .isInstanceOfSatisfying(
                            ElasticException.class,
                            failure -> assertThat(failure.temporary()).isTrue());
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aDocumentThatIsWrongIsReportedAndNotSentAgain() throws IOException {
        try (FakeElastic elastic = new FakeElastic(FakeElastic.refusesThose("b", 400, "document_parsing_exception"))) {
            assertThat(written(elastic, "a", "b", "c"))
                    .extracting(BulkItem::done)
                    .containsExactly(true, false, true);
            assertThat(elastic.bulks()).hasSize(1);
        }
    }

    @Test
    void aFullDiskIsNeitherTemporaryNorSentAgain() throws IOException {
        try (FakeElastic elastic = new FakeElastic(FakeElastic.refusesThose("", 429, "cluster_block_exception"))) {
            assertThatThrownBy(() -> written(elastic, "a")).isInstanceOfSatisfying(ElasticException.class, failure -> {
                assertThat(failure.readOnly()).isTrue();
                assertThat(failure.temporary()).isFalse();
            });
            assertThat(elastic.bulks()).hasSize(1);
        }
    }

    private static List<BulkItem> written(FakeElastic elastic, String... messages) {
        BulkWriter bulk = new BulkWriter(elastic.cluster());
        for (int i = 0; i < messages.length; i++) {
            bulk.index("events-log-x", "id-" + i, Map.of("msg", messages[i]));
        }
        return bulk.send();
    }
}
