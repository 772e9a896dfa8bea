package clearml.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void aTakenPortIsNamedWithWhoWantedIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.choose("the API", "127.0.0.1", taken.getLocalPort()))
                    .isInstanceOf(StoreStartException.class)
                    .hasMessageStartingWith(
                            "port " + taken.getLocalPort() + " on 127.0.0.1 cannot be used for the API");
        }
    }

    @Test
    void zeroGivesAFreePort() {
        int port = Ports.choose("a test", "127.0.0.1", 0);
        assertThat(Ports.choose("a test", "127.0.0.1", port)).isEqualTo(port);
    }
}
