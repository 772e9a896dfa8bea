package clearml.apiserver.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBinderTest {

    enum Kind {
        TRAINING,
        DATA_PROCESSING
    }

    record Part(@Field(required = true) String key, Integer size) {}

    record Request(
            String text,
            @Field(lenientText = true) String anyText,
            Integer number,
            Long big,
            Double decimal,
            @Field(or = "true") Boolean flag,
            @Field(or = "true") boolean primitiveFlag,
            List<String> names,
            @Field(or = "[\"x\"]") List<String> defaultNames,
            Map<String, Object> object,
            Map<String, Part> parts,
            Kind kind,
            Part part,
            List<Part> partList,
            @Field(name = "odd-Name") String odd,
            Object anything) {}

    record Required(@Field(required = true) String task) {}

    record Bounded(
            @Field(minItems = 1) List<String> ids,
            @Field(minLength = 3) String name,
            @Field(min = 1, max = 10) Integer count) {}

    record Exact(
            @Field(exact = true) int number,
            @Field(exact = true) boolean flag) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"text\":\"a\"} | text | a",
                "{\"text\":null} | text | ",
                "{\"any_text\":5} | anyText | 5",
                "{\"any_text\":5.0} | anyText | 5.0",
                "{\"any_text\":true} | anyText | True",
                "{\"number\":5.7} | number | 5",
                "{\"number\":-5.7} | number | -5",
                "{\"number\":true} | number | 1",
                "{\"number\":\" 7 \"} | number | 7",
                "{\"big\":9999999999} | big | 9999999999",
                "{\"decimal\":3} | decimal | 3.0",
                "{} | flag | true",
                "{\"flag\":null} | flag | ",
                "{\"primitive_flag\":null} | primitiveFlag | false",
                "{} | primitiveFlag | true",
                "{\"flag\":\"false\"} | flag | true",
                "{\"flag\":\"\"} | flag | false",
                "{\"flag\":0} | flag | false",
                "{\"flag\":[]} | flag | false",
                "{\"flag\":{\"a\":1}} | flag | true",
                "{} | names | []",
                "{\"names\":null} | names | []",
                "{} | defaultNames | [x]",
                "{\"default_names\":null} | defaultNames | [x]",
                "{\"default_names\":[]} | defaultNames | []",
                "{} | object | {}",
                "{\"object\":{\"a\":null}} | object | {a=null}",
                "{\"kind\":\"data_processing\"} | kind | DATA_PROCESSING",
                "{\"kind\":null} | kind | ",
                "{\"part\":{\"key\":\"k\",\"zz\":1}} | part | Part[key=k, size=null]",
                "{\"part\":null} | part | ",
                "{\"parts\":{\"a\":{\"key\":\"k\",\"size\":\"3\"}}} | parts | {a=Part[key=k, size=3]}",
                "{\"part_list\":[{\"key\":\"k\"}]} | partList | [Part[key=k, size=null]]",
                "{\"odd-Name\":\"o\"} | odd | o",
                "{\"anything\":[1]} | anything | [1]"
            })
    void membersAreCoerced(String json, String component, String expected) throws ReflectiveOperationException {
        Request request = bind(Request.class, json);

        Object value = Request.class.getDeclaredMethod(component).invoke(request);
        assertThat(value == null ? null : value.toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":5}",
                "{\"text\":true}",
                "{\"text\":[\"x\"]}",
                "{\"any_text\":{}}",
                "{\"number\":\"abc\"}",
                "{\"number\":[1]}",
                "{\"number\":NaN}",
                "{\"number\":99999999999}",
                "{\"number\":99999999999999999999999}",
                "{\"decimal\":\"3\"}",
                "{\"names\":\"a\"}",
                "{\"names\":[1]}",
                "{\"names\":[null]}",
                "{\"object\":[]}",
                "{\"object\":\"\"}",
                "{\"kind\":\"TRAINING\"}",
                "{\"kind\":\"zz\"}",
                "{\"kind\":1}",
                "{\"part\":[]}",
                "{\"part\":{}}",
                "{\"parts\":{\"a\":1}}",
                "{\"part_list\":[null]}"
            })
    void whatDoesNotFitIsAValidationError(String json) {
        assertThatThrownBy(() -> bind(Request.class, json))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.error()).isEqualTo(ApiError.VALIDATION_ERROR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"number\":\"7\"}",
                "{\"number\":true}",
                "{\"number\":7.5}",
                "{\"number\":NaN}",
                "{\"flag\":1}",
                "{\"flag\":\"true\"}"
            })
    void anExactMemberIsNotCoerced(String json) {
        assertThatThrownBy(() -> bind(Exact.class, json)).isInstanceOf(ApiException.class);
    }

    @Test
    void aWholeNumberIsAnIntegerHoweverItIsWritten() {
        assertThat(bind(Exact.class, "{\"number\":7.0,\"flag\":true}")).isEqualTo(new Exact(7, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"task\":null}"})
    void aRequiredMemberIsThereAndNotNull(String json) {
        assertThatThrownBy(() -> bind(Required.class, json))
                .hasMessageStartingWith("Validation error (error for field 'task'")
                .hasMessageContaining("field is required!");
    }

    @Test
    void theMessageNamesTypeAndValue() {
        assertThatThrownBy(() -> bind(Required.class, "{\"task\":5}"))
                .hasMessage("Validation error (error for field 'task': ('value is wrong, expected type \"str\"', 5).)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"ids\":[]}",
                "{\"ids\":[\"a\"],\"name\":\"ab\"}",
                "{\"ids\":[\"a\"],\"count\":0}",
                "{\"ids\":[\"a\"],\"count\":11}"
            })
    void boundsAreKept(String json) {
        assertThatThrownBy(() -> bind(Bounded.class, json)).isInstanceOf(ApiException.class);
    }

    @Test
    void insideTheBoundsAllIsWell() {
        assertThat(bind(Bounded.class, "{\"ids\":[\"a\"],\"name\":\"abc\",\"count\":10}"))
                .isEqualTo(new Bounded(List.of("a"), "abc", 10));
    }

    @SuppressWarnings("unchecked")
    private static <T> T bind(Class<T> type, String json) {
        return RequestBinder.bind(type, (Map<String, Object>) BodyReader.read(json));
    }
}
