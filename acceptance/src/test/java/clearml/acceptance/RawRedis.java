package clearml.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.List;

/** The embedded Redis of a server, which keeps everything in its first database: to look into and to spoil. */
final class RawRedis implements AutoCloseable {

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    RawRedis(StandaloneServer server) {
        client = RedisClient.create("redis://127.0.0.1:" + server.store("port: (\\d+) }"));
        connection = client.connect(ByteArrayCodec.INSTANCE);
    }

    /** Empty when there is none. */
    String get(String key) {
        var value = connection.sync().get(bytes(key));
        return value == null ? "" : new String(value, UTF_8);
    }

    /** @param value each character is a byte */
    void set(String key, String value) {
        connection.sync().set(bytes(key), value.getBytes(ISO_8859_1));
    }

    void add(String set, double score, String member) {
        connection.sync().zadd(bytes(set), score, bytes(member));
    }

    List<String> members(String set) {
        return connection.sync().zrange(bytes(set), 0, -1).stream()
                .map(member -> new String(member, UTF_8))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
