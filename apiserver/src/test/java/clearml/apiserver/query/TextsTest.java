package clearml.apiserver.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import clearml.apiserver.call.PythonText;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ValueOperations;

class TextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^a\\.b$ | ^a\\.b$ | a.b",
                "a{2 | a\\{2 | a{2",
                "a{2} | a{2} | aa",
                "(?P<n>x)(?P=n) | (?<n>x)\\k<n> | xx",
                "[[:alpha:]] | [a-zA-Z] | q",
                "[[a] | [\\[a] | [",
                "[]a] | [\\]a] | ]",
                "[^]a] | [^\\]a] | b",
                "[a&&b] | [a\\&\\&b] | &",
                "\\u00e4 | \\x{00e4} | ä",
                "\\ \\-\\# | \\ \\-\\# | ' -#'"
            })
    void regular_expressions_are_spelled_for_all_stores(String regex, String portable, String match) {
        assertThat(PortableRegex.of(regex)).isEqualTo(portable);
        assertThat(Pattern.compile(portable).matcher(match).find()).isTrue();
    }

    @Test
    void values_have_the_text_that_the_reference_gives_them() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("f", 1.5);
        object.put("n", null);
        assertThat(PythonText.str("x")).isEqualTo("x");
        assertThat(PythonText.str(Arrays.asList(1, "x", true, null))).isEqualTo("[1, 'x', True, None]");
        assertThat(PythonText.str(object)).isEqualTo("{'f': 1.5, 'n': None}");
        assertThat(PythonText.str(List.of(1e-7, 1.0, 1e16, 123456.789))).isEqualTo("[1e-07, 1.0, 1e+16, 123456.789]");
        assertThat(PythonText.repr("it's")).isEqualTo("\"it's\"");
    }

    @Test
    void older_requests_have_their_tags_divided() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("tags", List.of("a", "archived", "-development", "Annotated", "a"));
        Tags.divide(request, Tags.OF_TASKS);
        assertThat(request)
                .containsEntry("tags", List.of("a"))
                .containsEntry("system_tags", List.of("archived", "-development", "Annotated"));

        request.put("tags", List.of("archived"));
        Tags.divide(request, Set.of("archived"));
        assertThat(request).containsEntry("tags", List.of("archived"));
    }

    @Test
    void older_answers_have_system_tags_among_their_tags() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("tags", List.of("b"));
        row.put("system_tags", List.of("archived", "b"));
        Tags.unite(row);
        assertThat(row).containsEntry("tags", List.of("archived", "b"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void scrolls_are_kept_in_redis_as_the_reference_keeps_them() {
        ValueOperations<String, String> values = mock(ValueOperations.class);
        StringRedisTemplate redis = mock(StringRedisTemplate.class);
        when(redis.opsForValue()).thenReturn(values);
        RedisScrollStates scrolls = new RedisScrollStates(redis, Duration.ofSeconds(600));

        scrolls.remember("ab", 2);
        verify(values)
                .set(
                        "<class 'apiserver.database.model.base.GetMixin.GetManyScrollState'>/ab",
                        "{\"_id\": \"ab\", \"position\": 2}",
                        Duration.ofSeconds(600));

        when(values.get(anyString())).thenReturn("{\"_id\": \"ab\", \"position\": 12}", "{}");
        assertThat(scrolls.position("ab")).hasValue(12);
        assertThat(scrolls.position("ab")).isEmpty();
    }
}
