package clearml.apiserver.tasks;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LegacyParametersTest {

    private static final Map<String, Object> LEGACY_AND_OTHER = Map.of(
            "Args",
            Map.of(
                    "old", Map.of("section", "Args", "name", "old", "value", "1", "type", "legacy"),
                    "new", Map.of("section", "Args", "name", "new", "value", "2")),
            "Only",
            Map.of("old", Map.of("section", "Only", "name", "old", "value", "3", "type", "legacy")));

    @Test
    void flatNamesBecomeItemsWithThePythonTextOfTheirValues() {
        Map<String, Object> legacy = new LinkedHashMap<>();
        legacy.put("a/b", 1.5);
        legacy.put("TF_DEFINE/flag", true);
        legacy.put("list", new ArrayList<>(List.of(1, "x")));
        legacy.put("none", null);

        var sections = LegacyParameters.hyperparams(legacy, Map.of(), Map.of());

        assertThatJson(sections).isEqualTo("""
                        {"Args": {
                           "a/b": {"section": "Args", "name": "a/b", "value": "1.5", "type": "legacy"},
                           "list": {"section": "Args", "name": "list", "value": "[1, 'x']", "type": "legacy"},
                           "none": {"section": "Args", "name": "none", "value": "None", "type": "legacy"}},
                         "TF_DEFINE": {
                           "flag": {"section": "TF_DEFINE", "name": "flag", "value": "True", "type": "legacy"}}}
                        """);
    }

    @Test
    void theFlatParametersOfATaskAreReplacedAndTheOthersStay() {
        var sections = LegacyParameters.hyperparams(Map.of("x", "y"), Map.of(), LEGACY_AND_OTHER);

        assertThatJson(sections).isEqualTo("""
                        {"Args": {
                           "new": {"section": "Args", "name": "new", "value": "2"},
                           "x": {"section": "Args", "name": "x", "value": "y", "type": "legacy"}}}
                        """);
    }

    @Test
    void noFlatParametersRemoveThoseThereAreOrChangeNothing() {
        assertThat(LegacyParameters.hyperparams(Map.of(), Map.of(), LEGACY_AND_OTHER))
                .containsOnlyKeys("Args");
        assertThat(LegacyParameters.hyperparams(Map.of(), Map.of(), Map.of())).isNull();
    }

    @Test
    void aDefineNeedsAName() {
        assertThatThrownBy(() -> LegacyParameters.hyperparams(Map.of("TF_DEFINE/", 1), Map.of(), Map.of()))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void oldClientsReadFlatNames() {
        Map<String, Object> row = new LinkedHashMap<>(Map.of("hyperparams", LEGACY_AND_OTHER));

        LegacyParameters.addTo(row);

        assertThatJson(row.get("execution")).node("parameters.old").isString();
        assertThatJson(row.get("execution")).node("parameters.new").isAbsent();
    }
}
