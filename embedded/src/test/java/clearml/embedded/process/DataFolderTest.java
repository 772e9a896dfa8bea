package clearml.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path temporary;

    @Test
    void aSecondOwnerIsToldWhoTheFirstIs() {
        Path folder = temporary.resolve("not/yet/there");
        try (DataFolder first = DataFolder.lock(folder)) {
            assertThatThrownBy(() -> DataFolder.lock(folder))
                    .isInstanceOf(StoreStartException.class)
                    .hasMessage("data folder " + first.path() + " is in use by process "
                            + ProcessHandle.current().pid());
        }
    }

    @Test
    void aFolderGivenBackCanBeTakenAgain() {
        DataFolder.lock(temporary).close();
        try (DataFolder second = DataFolder.lock(temporary)) {
            assertThat(second.path()).isEqualTo(temporary);
        }
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(() -> DataFolder.lock(file))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining(file.toString());
    }
}
