package clearml.apiserver.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiException;
import clearml.apiserver.query.entities.Entities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyEscapingTest {

    @ParameterizedTest
    @CsvSource({
        "a.b, a%2Eb",
        "n, n",
        "50%, 50%%",
        "__x_, %_%_x_",
        "_A.b, %_A%2Eb",
        "___, %_%__",
        "x__y, x%_%_y",
        "$x, %24x",
        "%2E, %%2E",
        "a%%b, a%%%%b"
    })
    void keys_are_escaped_and_come_back(String raw, String stored) {
        assertThat(KeyEscaping.escape(raw)).isEqualTo(stored);
        assertThat(KeyEscaping.unescape(stored)).isEqualTo(raw);
    }

    @Test
    void a_percent_and_underscore_at_the_start_do_not_survive_as_in_the_reference() {
        assertThat(KeyEscaping.escape("%_x")).isEqualTo("%%_x");
        assertThat(KeyEscaping.unescape("%%_x")).isEqualTo("_x");
    }

    @Test
    void spaces_around_a_key_are_cut_and_an_empty_key_is_refused() {
        assertThat(KeyEscaping.escape(" n ")).isEqualTo("n");
        assertThatThrownBy(() -> KeyEscaping.escape("  "))
                .isInstanceOf(ApiException.class)
                .hasMessage("Validation error (Empty key is not allowed)");
    }

    @ParameterizedTest
    @CsvSource({
        "hyperparams.sec%2Etion.param.value, hyperparams.sec%2Etion.param.value",
        "hyperparams.Args.x__y.value, hyperparams.Args.x%_%_y.value",
        "-hyperparams.Args.a$b.value, -hyperparams.Args.a%24b.value",
        "execution.parameters.n, hyperparams.Args.n",
        "execution.model_desc.design, configuration.design",
        "execution.docker_cmd, container",
        "runtime._pipeline_hash, runtime._pipeline_hash"
    })
    void paths_of_tasks_become_stored_ones(String path, String stored) {
        assertThat(Entities.TASK.rewriting().apply(path)).isEqualTo(stored);
    }

    @Test
    void a_path_with_too_many_parts_is_refused() {
        assertThatThrownBy(() -> Entities.TASK.rewriting().apply("-hyperparams.a.b.c.d"))
                .hasMessage("Validation error (invalid task field): path=-hyperparams.a.b.c.d");
        assertThatThrownBy(() -> Entities.MODEL.rewriting().apply("metadata.a.b.c"))
                .hasMessage("Validation error (invalid field): path=metadata.a.b.c");
    }
}
