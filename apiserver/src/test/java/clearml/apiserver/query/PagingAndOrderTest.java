package clearml.apiserver.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.query.entities.Entities;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class PagingAndOrderTest {

    @Test
    void pages_are_counted_from_zero_and_have_at_most_500_rows() {
        assertThat(Paging.of(Map.of(), 500)).isEqualTo(new Paging(0, 500));
        assertThat(Paging.of(Map.of("page", 2, "page_size", 50), 500)).isEqualTo(new Paging(100, 50));
        assertThat(Paging.of(Map.of("page", 1, "page_size", 9_000), 500)).isEqualTo(new Paging(500, 500));
        assertThat(Paging.of(request("page", null, "page_size", 5), 500)).isEqualTo(new Paging(0, 5));
        assertThat(Paging.of(request("page", null, "page_size", null), 500)).isEqualTo(new Paging(0, 0));
        assertThat(Paging.of(Map.of("size", 3), 500)).isEqualTo(new Paging(0, 500));
        assertThat(Paging.of(Map.of("page", true, "page_size", 5), 500)).isEqualTo(new Paging(5, 5));
        assertThat(Paging.of(Map.of("page", 1_000_000_000_000L), 500).skip()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void start_and_size_have_no_upper_limit() {
        assertThat(Paging.of(Map.of("start", 7, "size", 5_000), 500)).isEqualTo(new Paging(7, 5_000));
        for (Object size : Arrays.asList("3", 0, -1, 1.5, null, List.of(1))) {
            assertThatThrownBy(() -> Paging.of(request("start", 0, "size", size), 500))
                    .hasMessage("Validation error (Integer size parameter greater than 1 should be provided when"
                            + " working with scroll)");
        }
    }

    @Test
    void impossible_pages_are_refused() {
        assertThatThrownBy(() -> Paging.of(Map.of("page", -1), 500))
                .hasMessage("Validation error (page must be >=0): field=page");
        assertThatThrownBy(() -> Paging.of(Map.of("page_size", 0), 500))
                .hasMessage("Validation error (page_size must be >0): field=page_size");
        assertThatThrownBy(() -> Paging.of(request("page", 0, "page_size", null), 500))
                .hasMessage("Missing required fields (page_size is required when page is requested): field=page_size");
        assertThatThrownBy(() -> Paging.of(Map.of("page", "1"), 500))
                .hasMessage("Validation error (page must be an integer): field=page, value=1");
    }

    @Test
    void the_id_makes_every_order_stable() {
        assertThat(order("-last_update").sort()).isEqualTo(Document.parse("{last_update:-1,_id:1}"));
        assertThat(order("name", "-id").sort()).isEqualTo(Document.parse("{name:1,_id:-1}"));
        assertThat(order().sort()).isEmpty();
    }

    @Test
    void only_an_ascending_first_field_has_empty_values_last() {
        assertThat(order("name").half(true)).isEqualTo(Document.parse("{name:{$nin:[null,'']}}"));
        assertThat(order("name").half(false)).isEqualTo(Document.parse("{name:{$in:[null,'']}}"));
        assertThat(order("started").half(true)).isEqualTo(Document.parse("{started:{$nin:[null]}}"));
        assertThat(order("tags").half(false)).isEqualTo(Document.parse("{'tags.0':{$exists:false}}"));
        assertThat(order("-name").hasSeam()).isFalse();
        assertThat(order("id").hasSeam()).isFalse();
    }

    @Test
    void an_ascending_order_needs_a_field_and_a_descending_one_ignores_what_is_none() {
        assertThatThrownBy(() -> order("nope")).hasMessageEndingWith("Cannot resolve field \"nope\"");
        assertThatThrownBy(() -> order("project.name")).hasMessageEndingWith("Cannot resolve field \"name\"");
        assertThat(order("-nope", "-$where", "-project.name").sort()).isEqualTo(Document.parse("{_id:1}"));
        assertThatThrownBy(() -> order("@text_score"))
                .hasMessage("Invalid value for fields (text score cannot be used in order_by when search text is not"
                        + " used)");
    }

    @Test
    void keys_of_parameters_and_metrics_are_compared_as_numbers() {
        assertThat(order("-hyperparams.Args.n.value").numeric()).isTrue();
        assertThat(order("-execution.parameters.n").numeric()).isTrue();
        assertThat(Order.of(Entities.TASK, Map.of("last_metrics.a.b.value", List.of(0, 1)))
                        .numeric())
                .isTrue();
        assertThat(order("-last_update", "hyperparams.Args.n.value").numeric()).isFalse();
        assertThat(Order.of(Entities.QUEUE, Map.of("metadata.k", "1")).numeric())
                .isTrue();
    }

    private static Order order(String... paths) {
        return Order.of(Entities.TASK, Map.of("order_by", List.of(paths)));
    }

    private static Map<String, Object> request(String key, Object value, String other, Object otherValue) {
        Map<String, Object> request = new HashMap<>();
        request.put(key, value);
        request.put(other, otherValue);
        return request;
    }
}
