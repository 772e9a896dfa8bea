package clearml.apiserver.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArtifactsTest {

    @Test
    void displayDataIsOrderedByItsCells() {
        assertThat(Artifacts.sorted(List.of(List.of("b", 1), List.of("a", 10), List.of("a", 9))))
                .isEqualTo(List.of(List.of("a", 9), List.of("a", 10), List.of("b", 1)));
    }

    @Test
    void whatCannotBeComparedIsOrderedByItsText() {
        assertThat(Artifacts.sorted(List.of(List.of("a", "x"), List.of("a", 9))))
                .isEqualTo(List.of(List.of("a", "x"), List.of("a", 9)));
    }

    @Test
    void thereIsAlwaysAList() {
        assertThat(Artifacts.sorted(null)).isEqualTo(List.of());
    }
}
