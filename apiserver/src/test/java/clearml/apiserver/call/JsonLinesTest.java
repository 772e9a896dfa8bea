package clearml.apiserver.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}\n{\"a\":2}", "{\"a\":1}\r\n{\"a\":2}\r\n", "{\"a\":1}\r{\"a\":2}\n"})
    void linesEndAsTheyDoAnywhere(String body) {
        assertThat(lines(body)).isEqualTo(List.of(Map.of("a", 1), Map.of("a", 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "{}\n\n{}", "{}\r\r\n", "{}\n{", "1"})
    void everyLineIsAnObject(String body) {
        assertThatThrownBy(() -> lines(body)).isInstanceOf(ApiException.class);
    }

    @Test
    void aLargeBodyIsTheSameInParts() {
        String message = "x".repeat(1_000);
        StringBuilder body = new StringBuilder();
        int count = JsonLines.LARGE / 1_000 + 1;
        for (int i = 0; i < count; i++) {
            body.append("{\"i\":").append(i).append(",\"m\":\"").append(message).append("\"}\n");
        }
        JsonLines lines = (JsonLines) lines(body.toString());
        assertThat(lines).hasSize(count);
        List<Object> numbers = new ArrayList<>();
        lines.parts().forEach(part -> part.forEach(line -> numbers.add(line.get("i"))));
        assertThat(numbers).hasSize(count).doesNotHaveDuplicates().startsWith(0, 1, 2);
        assertThat(lines.parts()).hasSizeBetween(3, 20);
        assertThatThrownBy(() -> lines(body + "{")).isInstanceOf(ApiException.class);
    }

    private static List<Map<String, Object>> lines(String body) {
        return JsonLines.of(body.getBytes(StandardCharsets.UTF_8));
    }
}
