package clearml.apiserver.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiExceptionTest {

    @Test
    void theMessageIsTextDetailAndArguments() {
        assertThat(ApiError.INVALID_TASK_ID.of()).hasMessage("Invalid task id");
        assertThat(ApiError.INVALID_TASK_ID.of("x")).hasMessage("Invalid task id (x)");
        assertThat(ApiError.INVALID_TASK_ID.of("x").with("id", "a").with("company", "b"))
                .hasMessage("Invalid task id (x): id=a, company=b");
    }

    @Test
    void argumentsAreWrittenAsTheReferenceDoes() {
        assertThat(ApiError.MISSING_REQUIRED_FIELDS.with("missing", List.of("a", "b")))
                .hasMessage("Missing required fields: missing=(a, b)");
        assertThat(ApiError.INVALID_ID.with("x", Map.of("k", 1))).hasMessage("Invalid object id: x=(k)");
        assertThat(ApiError.INVALID_ID.with("x", true).with("y", null)).hasMessage("Invalid object id: x=True, y=None");
        assertThat(ApiError.ROLE_NOT_ALLOWED.with("role", Role.USER).with("allowed", List.of(Role.SYSTEM, Role.ROOT)))
                .hasMessage("Forbidden (not allowed for role): role=user, allowed=(system, root)");
    }

    @ParameterizedTest
    @EnumSource(ApiError.class)
    void defaultTextsAreASentenceInLowerCase(ApiError error) {
        assertThat(error.text().substring(1))
                .isEqualTo(error.text().substring(1).toLowerCase(java.util.Locale.ROOT));
        assertThat(error.text().charAt(0)).isUpperCase();
    }

    @Test
    void codesAreUnique() {
        Set<String> seen = new HashSet<>();

        assertThat(Arrays.stream(ApiError.values()).map(error -> error.code() + "/" + error.subcode()))
                .allMatch(seen::add);
    }

    @Test
    void theCodesThatClientsMatchAreThese() {
        assertThat(codes(
                        ApiError.INVALID_TASK_STATUS,
                        ApiError.VALIDATION_ERROR,
                        ApiError.DATA_VALIDATION_ERROR,
                        ApiError.EXPECTED_UNIQUE_DATA,
                        ApiError.OPERATION_SUPPORTED_ON_REPORTS_ONLY,
                        ApiError.INVALID_QUEUE_ID))
                .containsExactly("400/110", "400/12", "400/800", "400/801", "400/150", "400/701");
    }

    private static List<String> codes(ApiError... errors) {
        return Arrays.stream(errors)
                .map(error -> error.code() + "/" + error.subcode())
                .toList();
    }
}
