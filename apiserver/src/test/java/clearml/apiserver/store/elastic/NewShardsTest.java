package clearml.apiserver.store.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NewShardsTest {

    private final AtomicInteger searches = new AtomicInteger();

    @Test
    void aSearchWhoseShardsAreBeingMadeIsSentAgain() {
        assertThat(NewShards.awaited(search(2, 503, "no_shard_available_action_exception")))
                .isEqualTo("found");
        assertThat(searches).hasValue(3);
    }

    @Test
    void shardsThatDoNotComeAreAnError() {
        assertThatThrownBy(() -> NewShards.awaited(search(100, 503, "no_shard_available_action_exception")))
                .isInstanceOf(ElasticException.class);
        assertThat(searches).hasValueBetween(3, 20);
    }

    @Test
    void anyOtherFailureIsOneAtOnce() {
        assertThatThrownBy(() -> NewShards.awaited(search(100, 503, "cluster_block_exception")))
                .isInstanceOf(ElasticException.class);
        assertThatThrownBy(() -> NewShards.awaited(search(100, 400, "search_phase_execution_exception")))
                .isInstanceOf(ElasticException.class);
        assertThat(searches).hasValue(2);
    }

    private Supplier<String> search(int failures, int status, String type) {
        return () -> {
            if (searches.incrementAndGet() <= failures) {
                throw ElasticException.refused(status, type, "it said so");
            }
            return "found";
        };
    }
}
