package clearml.apiserver.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryArgumentsTest {

    @Test
    void argumentsBecomeMembers() {
        assertThat(json("a=1&b.c=2.5&d=true&e=x&e=7&f[]=z&i=-5"))
                .isEqualTo("{\"a\":1,\"b\":{\"c\":2.5},\"d\":true,\"e\":[\"x\",7],\"f\":[\"z\"],\"i\":\"-5\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00012 | 12",
                ".5 | 0.5",
                "5. | 5.0",
                "1e5 | \"1e5\"",
                "null | \"null\"",
                "tRue | \"tRue\"",
                "TRUE | true",
                "False | false",
                "1.2.3 | \"1.2.3\"",
                ". | \".\"",
                "99999999999999999999999 | 99999999999999999999999",
                "3000000000 | 3000000000",
                "%C3%A9 | \"\\u00E9\"",
                "a%20b+c | \"a b c\"",
                "100% | \"100%\""
            })
    void valuesAreConverted(String value, String expected) {
        assertThat(json("a=" + value)).isEqualTo("{\"a\":" + expected + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a | {\"a\":\"\"}",
                "a= | {\"a\":\"\"}",
                "a&b=1 | {\"a\":\"\",\"b\":1}",
                "&& | {}",
                "a[]=1&a[]=2 | {\"a\":[1,2]}",
                "a[][]=1 | {\"a\":[1]}",
                "a]=1 | {\"a\":1}",
                "a.b=1&a.c=2 | {\"a\":{\"b\":1,\"c\":2}}"
            })
    void namesMayBeListsAndPaths(String query, String expected) {
        assertThat(json(query)).isEqualTo(expected);
    }

    @Test
    void theyWinOverTheBody() {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("a", 1));
        QueryArguments.parse("a=2").applyTo(body);

        assertThat(body).isEqualTo(Map.of("a", 2));
    }

    @Test
    void aMemberOfAScalarIsAnError() {
        assertThatThrownBy(() -> json("a=2&a.b=1")).isInstanceOf(ApiException.class);
    }

    @Test
    void noNestingBreaksTheReader() {
        assertThatThrownBy(() -> json("a" + ".a".repeat(100_000) + "=1")).isInstanceOf(ApiException.class);
    }

    private static String json(String query) {
        Map<String, Object> members = new LinkedHashMap<>();
        QueryArguments.parse(query).applyTo(members);
        return JsonText.of(members);
    }
}
