package clearml.apiserver.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallPathTest {

    @ParameterizedTest
    @CsvSource({
        "/debug.ping, debug.ping, ",
        "debug.ping, debug.ping, ",
        "//debug.ping, debug.ping, ",
        "/debug.ping/, debug.ping, ",
        "/v2.13/tasks.get_all, tasks.get_all, 2.13",
        "/v20/tasks.get_all, tasks.get_all, 20",
        "/v999.0/tasks.get_all, tasks.get_all, 999.0",
        "/v1.5/_x._y, _x._y, 1.5",
        "/débug.ping, débug.ping, ",
        "/debug.__class__, debug.__class__, "
    })
    void aPathIsAVersionAndAName(String path, String name, String version) {
        CallPath parsed = CallPath.parse(path);

        assertThat(parsed.name()).isEqualTo(name);
        assertThat(parsed.version() == null ? null : parsed.version().text()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "",
                "/x",
                "/debug",
                "/d.p",
                "/debug.p",
                "/d.ping",
                "/v2/debug.ping",
                "/v2./debug.ping",
                "/v.1/debug.ping",
                "/v2.34.1/debug.ping",
                "/V2.34/debug.ping",
                "/v-1.0/debug.ping",
                "/v2.a/debug.ping",
                "/debug.ping.x",
                "/debug.ping//",
                "/x/v2.9/debug.ping",
                "/1debug.ping",
                "/debug-x.ping",
                "/debug.ping\n"
            })
    void anotherFormIsMalformed(String path) {
        assertThatThrownBy(() -> CallPath.parse(path)).hasMessage("Invalid request path " + path);
    }

    @Test
    void aVersionHasNoLeadingZero() {
        assertThatThrownBy(() -> CallPath.parse("/v02.9/debug.ping"))
                .hasMessage(
                        "Request path has invalid version: version=02.9, reason=Invalid leading zero in major: '02.9'");
    }
}
