package clearml.apiserver.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"a\":2} | {a=2}",
                "[1, 5000000000, 12345678901234567890123] | [1, 5000000000, 12345678901234567890123]",
                "[1.0, 1e3, NaN, -Infinity] | [1.0, 1000.0, NaN, -Infinity]",
                "[true, null, \"x\"] | [true, null, x]",
                "{\"$a.b\":{}} | {$a.b={}}"
            })
    void jsonBecomesPlainValues(String json, String expected) {
        assertThat(String.valueOf(BodyReader.read(json))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void theEncodingIsDetected(String charset) {
        byte[] bytes = "{\"a\":\"\u00e9\"}".getBytes(Charset.forName(charset));

        assertThat(BodyReader.read(bytes, 0, bytes.length)).isEqualTo(Map.of("a", "\u00e9"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{]",
                "[1,]",
                "{\"a\":1,}",
                "{} {}",
                "{\"a\":\"\u0001\"}",
                "{'a':1}",
                "nul",
                "01",
                "{\"a\"}"
            })
    void whatIsNoJsonIsRefused(String json) {
        assertThatThrownBy(() -> BodyReader.read(json)).hasMessage(BodyReader.NOT_UNDERSTOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void deepNestingIsRefusedAndDoesNotOverflow(String opening) {
        byte[] bytes = opening.repeat(100_000).getBytes(UTF_8);

        assertThatThrownBy(() -> BodyReader.read(bytes, 0, bytes.length)).hasMessage(BodyReader.NOT_UNDERSTOOD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xff, 0xc0, 0x80})
    void whatIsNoUtf8IsRefused(int wrong) {
        byte[] bytes = {'"', (byte) wrong, 'x', '"'};

        assertThatThrownBy(() -> BodyReader.read(bytes, 0, bytes.length)).hasMessage(BodyReader.NOT_UNDERSTOOD);
    }
}
