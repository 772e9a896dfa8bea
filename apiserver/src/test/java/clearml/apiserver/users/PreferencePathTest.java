package clearml.apiserver.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.BodyReader;
import clearml.apiserver.call.JsonText;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencePathTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | a | 1 | {\"a\":1}",
                "{} | a.b | 0 | {\"a\":{\"b\":0}}",
                "{\"a\":{\"x\":1}} | a | {\"y\":2} | {\"a\":{\"y\":2}}",
                "{\"a\":{\"x\":1}} | a.y | null | {\"a\":{\"x\":1,\"y\":null}}",
                "{\"l\":[1,2]} | l.0 | 9 | {\"l\":[9,2]}",
                "{\"l\":[1]} | l.3 | 9 | {\"l\":[1,null,null,9]}",
                "{\"l\":[{}]} | l.0.a | 9 | {\"l\":[{\"a\":9}]}",
                "{\"l\":[]} | l.1.a | 9 | {\"l\":[null,{\"a\":9}]}",
                "{} | * | 1 | {\"*\":1}",
                "{} | 0 | 1 | {\"0\":1}"
            })
    void aValueIsSetAtItsPath(String before, String path, String value, String after) {
        assertThat(set(before, path, value)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | a.b | 1 | 305",
                "{\"a\":\"x\"} | a.0 | 1 | 305",
                "{\"l\":[1]} | l.x | 1 | 305",
                "{\"l\":[1]} | l.99999999999 | 1 | 305",
                "{} | `` | 1 | 305",
                "{} | a..b | 1 | 305",
                "{} | .a | 1 | 305",
                "{} | $a | 1 | 16",
                "{} | a.$b | 1 | 16",
                "{} | a | {\"$b\":1} | 16",
                "{} | a | {\"b.c\":1} | 16",
                "{} | a | [{\"b\":[{\"$c\":1}]}] | 16"
            })
    void aPathThatLeadsNowhereIsRefused(String before, String path, String value, int subcode) {
        assertThatThrownBy(() -> set(before, path == null ? "" : path, value))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.error().subcode()).isEqualTo(subcode));
    }

    @SuppressWarnings("unchecked")
    private static String set(String before, String path, String value) {
        Map<String, Object> preferences = (Map<String, Object>) BodyReader.read(before);
        PreferencePath.set(preferences, path, BodyReader.read(value));
        return JsonText.of(preferences);
    }
}
