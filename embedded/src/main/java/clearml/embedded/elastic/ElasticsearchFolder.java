package clearml.embedded.elastic;

import clearml.embedded.process.StoreStartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where one Elasticsearch keeps its configuration, data, logs and temporary files. The configuration is written at every
 * start: ours, and the distribution's where we have none.
 */
record ElasticsearchFolder(Path root) {

    private static final List<String> OURS = List.of("elasticsearch.yml", "log4j2.properties");

    Path config() {
        return root.resolve("config");
    }

    Path data() {
        return root.resolve("data");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    void prepare(Path distribution) {
        try {
            for (Path folder : List.of(config(), data(), logs(), temporary())) {
                Files.createDirectories(folder);
            }
            copyConfiguration(distribution.resolve("config"));
            for (String name : OURS) {
                try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
                    Files.copy(in, config().resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            leaveOutGarbageCollectionLog(config().resolve("jvm.options"));
        } catch (IOException e) {
            throw new StoreStartException("folder " + root + " cannot be prepared for Elasticsearch: " + e, e);
        }
    }

    private void copyConfiguration(Path from) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, config().resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** It may grow to 2 GB. */
    private static void leaveOutGarbageCollectionLog(Path options) throws IOException {
        List<String> lines = Files.readAllLines(options);
        Files.write(
                options,
                lines.stream().filter(line -> !line.contains("-Xlog:gc")).toList());
    }
}
