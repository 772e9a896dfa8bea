package clearml.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.embedded.mongo.Journal.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void write() {
        path = folder.resolve("journal");
        try (Journal journal = Journal.open(path)) {
            journal.clear(7);
            journal.add(new Change(1, 5, new byte[] {1, 2, 3}));
            journal.flush();
            journal.add(new Change(1, 5, null));
            journal.add(new Change(2, -1, new byte[2_000_000]));
            journal.flush();
            journal.add(new Change(2, 6, new byte[] {4}));
        }
    }

    private List<Change> since(long version) {
        try (Journal journal = Journal.open(path)) {
            return journal.since(version);
        }
    }

    @Test
    void whatWasFlushedComesBackInItsOrder() {
        List<Change> changes = since(7);

        assertThat(changes).extracting(Change::map).containsExactly(1, 1, 2);
        assertThat(changes).extracting(Change::key).containsExactly(5L, 5L, -1L);
        assertThat(changes.get(0).value()).containsExactly(1, 2, 3);
        assertThat(changes.get(1).value()).isNull();
        assertThat(changes.get(2).value()).hasSize(2_000_000);
    }

    @Test
    void changesOfAnotherVersionAreOver() {
        assertThat(since(8)).isEmpty();
    }

    @Test
    void whatWasNotWrittenCompletelyIsNoChange() throws IOException {
        byte[] all = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(all, all.length - 1));
        assertThat(since(7)).hasSize(2);

        all[all.length - 1]++;
        Files.write(path, all);
        assertThat(since(7)).hasSize(2);

        Files.write(path, new byte[3]);
        assertThat(since(7)).isEmpty();
    }

    @Test
    void aClearedJournalHasOnlyWhatCameLater() {
        try (Journal journal = Journal.open(path)) {
            journal.clear(8);
            journal.add(new Change(3, 1, new byte[0]));
            journal.flush();
        }

        assertThat(since(7)).isEmpty();
        assertThat(since(8)).extracting(Change::map).containsExactly(3);
        assertThat(since(8).get(0).value()).isEmpty();
    }
}
