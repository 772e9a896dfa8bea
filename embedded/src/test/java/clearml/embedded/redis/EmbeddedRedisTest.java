package clearml.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.embedded.process.StoreStartException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {

    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsThereAfterARestart() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder, "127.0.0.1", 0)) {
            assertThat(call(redis.port(), "SET colour green")).isEqualTo("+OK");
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder, "127.0.0.1", 0)) {
            assertThat(call(redis.port(), "GET colour")).isEqualTo("$5\r\ngreen");
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> EmbeddedRedis.start(folder, "127.0.0.1", taken.getLocalPort()))
                    .isInstanceOf(StoreStartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort());
        }
    }

    private static String call(int port, String command) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(0, answer.length() - "\r\n+OK\r\n".length());
        }
    }
}
