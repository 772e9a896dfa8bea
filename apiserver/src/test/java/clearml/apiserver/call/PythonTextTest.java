package clearml.apiserver.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | None | NoneType",
                "true | True | bool",
                "1 | 1 | int",
                "1.0 | 1.0 | float",
                "1e-7 | 1e-07 | float",
                "NaN | nan | float",
                "-Infinity | -inf | float",
                "\"x\" | 'x' | str",
                "\"it's\" | \"it's\" | str",
                "\"'\\\"\" | '\\'\"' | str",
                "\"a\\n\\\\\" | 'a\\n\\\\' | str",
                "[1, \"x\", null] | [1, 'x', None] | list",
                "{\"a\": [], \"b\": {}} | {'a': [], 'b': {}} | dict"
            })
    void valuesAreWrittenAsPythonDoes(String json, String repr, String type) {
        Object value = BodyReader.read(json);

        assertThat(PythonText.repr(value)).isEqualTo(repr);
        assertThat(PythonText.typeName(value)).isEqualTo(type);
    }

    @Test
    void onlyTextItselfHasNoQuotes() {
        assertThat(PythonText.str("x")).isEqualTo("x");
        assertThat(PythonText.str(BodyReader.read("[\"x\"]"))).isEqualTo("['x']");
    }
}
