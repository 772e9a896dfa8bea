package clearml.embedded.elastic;

import clearml.embedded.process.ProgramFolder;
import clearml.embedded.process.StoreStartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Objects;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The Elasticsearch that the build has resolved as a Maven artifact. Its zip stays where Maven keeps it, or is named by
 * {@code CLEARML_EMBEDDED_ELASTICSEARCH_ZIP}, and is unpacked once.
 */
final class Distribution {

    private Distribution() {}

    /** The folder with {@code bin}, {@code lib} and {@code modules}. */
    static Path folder() {
        Properties properties = properties();
        String name = "elasticsearch-" + properties.getProperty("version");
        return ProgramFolder.unpacked(name, folder -> unzip(zip(properties), name + "/", folder));
    }

    private static Path zip(Properties properties) {
        String given = System.getenv("CLEARML_EMBEDDED_ELASTICSEARCH_ZIP");
        Path zip = Path.of(given == null || given.isEmpty() ? properties.getProperty("zip") : given);
        if (!Files.isReadable(zip)) {
            throw new StoreStartException("Elasticsearch is missing at " + zip
                    + ": build again, or name the zip in CLEARML_EMBEDDED_ELASTICSEARCH_ZIP");
        }
        return zip;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        try (InputStream in =
                Objects.requireNonNull(Distribution.class.getResourceAsStream("distribution.properties"))) {
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new StoreStartException("distribution.properties: " + e, e);
        }
    }

    private static void unzip(Path zip, String prefix, Path folder) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Enumeration<? extends ZipEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
                    unzip(file, entry, folder.resolve(entry.getName().substring(prefix.length())));
                }
            }
        }
    }

    private static void unzip(ZipFile file, ZipEntry entry, Path to) throws IOException {
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        try (InputStream in = file.getInputStream(entry)) {
            Files.copy(in, to);
        }
        if (entry.getName().contains("/bin/")) {
            to.toFile().setExecutable(true);
        }
    }
}
