package clearml.embedded.redis;

import clearml.embedded.process.Commands;
import clearml.embedded.process.ProgramFolder;
import clearml.embedded.process.StoreStartException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import redis.embedded.RedisServer;

/** Finds a Redis server that runs on this machine. */
final class RedisProgram {

    private RedisProgram() {}

    /** The first of the shipped ones that can be run here, else the installed one. */
    static String find() {
        for (String resource : shipped()) {
            Path program = unpacked(resource);
            if (Commands.succeeds(List.of(program.toString()), "--version")) {
                return program.toString();
            }
        }
        if (Commands.exists("redis-server")) {
            return "redis-server";
        }
        throw new StoreStartException("no Redis for " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + " is shipped, and no redis-server is on the PATH");
    }

    /** Of the two for x86 the 64 bit one needs OpenSSL 3; the 32 bit one is linked statically and holds up to 3 GB. */
    private static List<String> shipped() {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        boolean arm = System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("aarch64|arm64");
        if (mac) {
            return List.of(arm ? "redis-server-6.2.6-v5-darwin-arm64" : "redis-server-6.2.6-v5-darwin-amd64");
        }
        return arm
                ? List.of("redis-server-6.2.7-linux-arm64")
                : List.of("redis-server-6.2.6-v5-linux-amd64", "redis-server-6.2.7-linux-386");
    }

    private static Path unpacked(String resource) {
        ClassLoader library = RedisServer.class.getClassLoader();
        return ProgramFolder.unpacked(
                        resource,
                        folder -> ProgramFolder.copyProgram(library, resource, folder.resolve("redis-server")))
                .resolve("redis-server");
    }
}
