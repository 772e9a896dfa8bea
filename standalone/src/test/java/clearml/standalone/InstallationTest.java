package clearml.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.config.ServerConfig;
import clearml.config.SystemCredential;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    private static final StorePorts PORTS = new StorePorts(11, 12, 13);

    @TempDir
    Path folder;

    private ServerConfig configure(Map<String, String> environment, String... arguments) throws Exception {
        return new Installation(folder).configure(Options.parse(List.of(arguments), folder), PORTS, environment);
    }

    private static Map<String, String> secrets(ServerConfig config) {
        Map<String, String> secrets = config.auth().systemCredentials().stream()
                .collect(Collectors.toMap(SystemCredential::name, pair -> pair.key() + "/" + pair.secret()));
        secrets.put("token", config.auth().tokenSecret());
        return secrets;
    }

    @Test
    void secretsAreNotTheWellKnownOnesAndAreKept() throws Exception {
        Map<String, String> first = secrets(configure(Map.of()));
        Map<String, String> again = secrets(configure(Map.of()));
        Map<String, String> shipped = secrets(ServerConfig.load(Map.of()));

        assertThat(again).isEqualTo(first);
        assertThat(first.keySet()).isEqualTo(shipped.keySet());
        assertThat(first).allSatisfy((name, secret) -> {
            if (!name.equals("services_agent")) {
                assertThat(secret).isNotEqualTo(shipped.get(name));
            }
        });
    }

    @Test
    void storesKeepTheirPortsWhileTheseAreFree() throws Exception {
        Installation installation = new Installation(folder);
        StorePorts first = StorePorts.choose(installation.storesBefore());
        installation.configure(Options.parse(List.of(), folder), first, Map.of());
        assertThat(StorePorts.choose(installation.storesBefore())).isEqualTo(first);

        try (ServerSocket taken = new ServerSocket(first.redis(), 1, InetAddress.getLoopbackAddress())) {
            StorePorts later = StorePorts.choose(installation.storesBefore());
            assertThat(later.redis()).isNotEqualTo(taken.getLocalPort());
            assertThat(later).isEqualTo(new StorePorts(first.mongo(), later.redis(), first.elasticsearch()));
        }
    }

    @Test
    void onlyTheOwnerMayReadSecrets() throws Exception {
        ServerConfig config = configure(Map.of());
        ClientConfiguration.of(new Addresses("http://a", "http://f", "http://w"), config)
                .write(folder.resolve("clearml.conf"));
        for (String file : List.of("config/secure.conf", "clearml.conf")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
        for (String name : List.of("config", "mongo", "redis", "files", "logs")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void variablesGoOverWhatWasGenerated() throws Exception {
        ServerConfig config = configure(Map.of(
                "CLEARML__SECURE__AUTH__TOKEN_SECRET", "\"mine\"",
                "CLEARML_MONGODB_SERVICE_HOST", "mongo.example",
                "CLEARML_MONGODB_SERVICE_PORT", "27017"));
        assertThat(config.auth().tokenSecret()).isEqualTo("mine");
        assertThat(config.mongo().backendUrl()).contains("mongo.example:27017");
        assertThat(config.redis("workers").port()).isEqualTo(12);
    }

    @Test
    void anOperatorsFolderGoesOverWhatWasGenerated() throws Exception {
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.writeString(own.resolve("hosts.conf"), "elastic { events { hosts: [{host: es, port: 9200}] } }");
        ServerConfig config = configure(Map.of("CLEARML_CONFIG_DIR", own.toString()));
        assertThat(config.elastic("events").hosts().get(0).host()).isEqualTo("es");
        assertThat(config.elastic("workers").hosts().get(0).port()).isEqualTo(13);
    }

    @Test
    void theServersFindEachOtherWhereTheyListen() throws Exception {
        ServerConfig config = configure(Map.of(), "--host", "0.0.0.0", "--api-port", "7001", "--files-port", "7002");
        assertThat(config.integer("apiserver.listen.port")).isEqualTo(7001);
        assertThat(config.string("fileserver.listen.ip")).isEqualTo("0.0.0.0");
        assertThat(config.string("hosts.api_server")).isEqualTo("http://127.0.0.1:7001");
        assertThat(config.string("hosts.fileserver")).endsWith(":7002").doesNotContain("0.0.0.0");
    }

    @Test
    void clientsGetTheDefaultUserButNotWhereUsersAreConfigured() throws Exception {
        Addresses addresses = new Addresses("http://a", "http://f", "http://w");
        ServerConfig config = configure(Map.of());
        String key = config.auth().systemCredentials().stream()
                .filter(pair -> pair.name().equals("tests"))
                .findFirst()
                .orElseThrow()
                .key();
        Path file = folder.resolve("clearml.conf");
        assertThat(ClientConfiguration.of(addresses, config).asVariables(file))
                .contains("export CLEARML_API_ACCESS_KEY=" + key, "export CLEARML_API_HOST=http://a");

        ServerConfig fixed = configure(Map.of("CLEARML__APISERVER__AUTH__FIXED_USERS__ENABLED", "true"));
        assertThat(ClientConfiguration.of(addresses, fixed).asVariables(file))
                .doesNotContain("ACCESS_KEY")
                .contains("create credentials");
    }
}
