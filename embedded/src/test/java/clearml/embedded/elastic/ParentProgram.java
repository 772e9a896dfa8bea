package clearml.embedded.elastic;

import clearml.embedded.redis.EmbeddedRedis;
import java.nio.file.Path;

/** Starts the stores in a JVM of its own, says where, and waits to be killed. */
final class ParentProgram {

    private ParentProgram() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("redis"), "127.0.0.1", 0);
        EmbeddedElasticsearch elasticsearch =
                EmbeddedElasticsearch.start(folder.resolve("elasticsearch"), "127.0.0.1", 0);
        System.out.println(redis.port() + " " + elasticsearch.port());
        System.out.flush();
        Thread.sleep(600_000);
        redis.close();
        elasticsearch.close();
    }
}
