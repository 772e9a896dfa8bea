package clearml.apiserver.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiException;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskStatusTest {

    @ParameterizedTest
    @CsvSource({
        "created, created queued in_progress",
        "queued, created queued in_progress stopped",
        "in_progress, created in_progress stopped failed completed",
        "stopped, created queued in_progress stopped failed completed closed publishing published",
        "closed, created stopped failed closed publishing published",
        "failed, created queued stopped failed published",
        "completed, created in_progress completed published",
        "publishing, publishing published",
        "published, published"
    })
    void exactlyTheseMayFollow(String from, String followers) {
        TaskStatus status = TaskStatus.of(new Document("status", from));

        List<String> allowed = Arrays.stream(TaskStatus.values())
                .filter(status::mayBeFollowedBy)
                .map(TaskStatus::text)
                .toList();

        assertThat(allowed).containsExactlyInAnyOrder(followers.split(" "));
    }

    @Test
    void nothingIsKnownToFollowTheUnknown() {
        assertThatThrownBy(() -> TaskStatus.UNKNOWN.mayBeFollowedBy(TaskStatus.CREATED))
                .isInstanceOf(ApiException.class);
        assertThat(TaskStatus.of(new Document("status", "never heard of"))).isEqualTo(TaskStatus.UNKNOWN);
    }

    @Test
    void aTaskWithoutStatusIsADraft() {
        assertThat(TaskStatus.of(new Document())).isEqualTo(TaskStatus.CREATED);
    }
}
