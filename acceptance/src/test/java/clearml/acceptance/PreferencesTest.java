package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {

    private final Api api = TestUser.create().api();

    @Test
    void atFirstThereAreNone() {
        assertThatJson(api.call("users.get_preferences").ok().data().toString()).isEqualTo("{\"preferences\":{}}");
    }

    @Test
    void keysArePathsAndTheRestStays() {
        set("{\"views\":{\"a\":{\"x\":1,\"y\":2},\"b\":3}}");
        set("{\"views.a.x\":{\"deep\":[1]},\"other.new\":null,\"*\":\"star\"}");

        expect("{\"views\":{\"a\":{\"x\":{\"deep\":[1]},\"y\":2},\"b\":3},\"other\":{\"new\":null},\"*\":\"star\"}");
    }

    @Test
    void theValueReplacesWhatIsThere() {
        set("{\"a\":{\"x\":1}}");
        set("{\"a\":{\"y\":2}}");

        expect("{\"a\":{\"y\":2}}");
    }

    @Test
    void listIndexesWorkInThePathAndPadWithNull() {
        set("{\"l\":[1,2]}");
        set("{\"l.1\":\"x\"}");
        set("{\"l.3\":true}");

        expect("{\"l\":[1,\"x\",null,true]}");
    }

    @Test
    void theWholeIsReturnedUnlessNotWanted() {
        assertThatJson(set("{\"a\":1}").toString()).isEqualTo("{\"updated\":1,\"fields\":{\"preferences\":{\"a\":1}}}");
        var quiet = api.call("users.set_preferences", "{\"preferences\":{\"a\":2},\"return_updated\":false}")
                .ok();
        assertThatJson(quiet.data().toString()).isEqualTo("{\"updated\":1,\"fields\":{}}");
    }

    @Test
    void theSameAgainUpdatesNothing() {
        set("{\"a\":1}");

        assertThatJson(set("{\"a\":1}").toString()).isEqualTo("{\"updated\":0,\"fields\":{}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"$a\":1}", "{\"a\":{\"$b\":1}}", "{\"a\":{\"b.c\":1}}", "{\"a\":{\"b\":[{\"c.d\":1}]}}"})
    void keysInsideValuesHaveNoDollarAndNoPoint(String preferences) {
        change(preferences).fails("400/16");
    }

    @Test
    void aPathThatLeadsTooDeepIsRefusedAndWhatIsThereStaysReadable() {
        set("{\"a\":1}");

        change("{\"" + "k.".repeat(600) + "k\":1}").fails("400/16");
        change("{\"" + "k.".repeat(300) + "k\":" + "[".repeat(200) + "]".repeat(200) + "}")
                .fails("400/16");
        expect("{\"a\":1}");
    }

    @Test
    void aPathThroughAScalarIsRefused() {
        set("{\"a\":1}");

        change("{\"a.b\":1}").fails("400/305", "Malformed key and/or value: key=a.b, value=1");
    }

    @Test
    void anEmptyKeyIsRefused() {
        change("{\"\":1}").fails("400/305");
    }

    @Test
    void aUserIsNotTakenFromTheRequest() {
        var other = TestUser.create();
        api.call("users.set_preferences", "{\"user\":\"" + other.id() + "\",\"preferences\":{\"a\":1}}")
                .ok();

        expect("{\"a\":1}");
        assertThat(other.api()
                        .call("users.get_preferences")
                        .ok()
                        .data()
                        .path("preferences")
                        .isEmpty())
                .isTrue();
    }

    private void expect(String preferences) {
        assertThatJson(api.call("users.get_preferences")
                        .ok()
                        .data()
                        .path("preferences")
                        .toString())
                .isEqualTo(preferences);
    }

    private tools.jackson.databind.JsonNode set(String preferences) {
        return change(preferences).ok().data();
    }

    private Answer change(String preferences) {
        return api.call("users.set_preferences", "{\"preferences\":" + preferences + "}");
    }
}
