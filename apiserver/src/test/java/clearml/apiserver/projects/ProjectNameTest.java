package clearml.apiserver.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectNameTest {

    @ParameterizedTest
    @CsvSource({"/AAA// BBX /, AAA/BBX, BBX, AAA", "one, one, one, ''", "a/b/c, a/b/c, c, a/b"})
    void partsAreTrimmedAndEmptyOnesDropped(String given, String full, String basename, String location) {
        ProjectName name = ProjectName.parse(given);

        assertThat(name.full()).isEqualTo(full);
        assertThat(name.basename()).isEqualTo(basename);
        assertThat(name.location()).isEqualTo(location);
        assertThat(name.given()).isEqualTo(given);
    }

    @Test
    void ancestorsGoFromTheRootDown() {
        assertThat(ProjectName.parse("a/b/c").ancestors().stream().map(ProjectName::full))
                .containsExactly("a", "a/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", " / ", "abc/ /def", "abc/ "})
    void aNameOfNothingIsRefused(String given) {
        assertError(() -> ProjectName.parse(given), ApiError.INVALID_PROJECT_NAME);
    }

    @Test
    void aShortLastPartIsRefused() {
        assertError(() -> ProjectName.parse("abc/de").checkBasename(), ApiError.VALIDATION_ERROR);
        ProjectName.parse("a/def").checkBasename();
    }

    @Test
    void depthIsCountedInParts() {
        ProjectName.parse("a/b/c").checkDepth(3);
        assertError(() -> ProjectName.parse("a/b/c/d").checkDepth(3), ApiError.PROJECT_PATH_EXCEEDS_MAX);
    }

    private static void assertError(ThrowingCallable call, ApiError error) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class, thrown -> assertThat(thrown.error()).isEqualTo(error));
    }
}
