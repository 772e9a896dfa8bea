package clearml.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommonValuesTest {

    private final CommonValues common = new CommonValues();

    @Test
    void equalValuesOfAFieldAreOneObject() {
        Object company = common.one("company", text("c1"));
        Object tags = common.one("tags", List.of(text("a"), text("b")));

        assertThat(common.one("company", text("c1"))).isSameAs(company);
        assertThat(common.one("tags", List.of(text("a"), text("b")))).isSameAs(tags);
    }

    @Test
    void otherValuesStayWhatTheyAre() {
        String other = text("c2");
        common.one("company", text("c1"));

        assertThat(common.one("company", other)).isSameAs(other);
        assertThat(common.one("company", 5)).isEqualTo(5);
        assertThat(common.one("company", null)).isNull();
    }

    private static String text(String content) {
        return String.copyValueOf(content.toCharArray());
    }
}
