package clearml.embedded.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where programs are unpacked, once for all data folders of a user: {@code $XDG_CACHE_HOME/clearml-jvm-server} or
 * {@code ~/.cache/clearml-jvm-server}; for root {@code /var/tmp/clearml-jvm-server}, since root's home is closed to the
 * user that Elasticsearch must run as. {@code CLEARML_EMBEDDED_PROGRAMS} names another one.
 */
public final class ProgramFolder {

    private ProgramFolder() {}

    /** Fills a folder. */
    @FunctionalInterface
    public interface Unpacking {
        void into(Path folder) throws IOException;
    }

    /**
     * The folder of a program, unpacked if that has not been done before. Several processes may do so at once; the first
     * one wins.
     *
     * @param name program and version
     */
    public static Path unpacked(String name, Unpacking unpacking) {
        Path folder = base().resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            Path fresh = Files.createTempDirectory(owned(base()), name + ".");
            try {
                unpacking.into(fresh);
                makeReadable(fresh);
                Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                delete(fresh);
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
            return folder;
        } catch (IOException e) {
            throw new StoreStartException(name + " cannot be unpacked to " + folder + ": " + e, e);
        }
    }

    private static Path base() {
        String given = System.getenv("CLEARML_EMBEDDED_PROGRAMS");
        if (given != null && !given.isEmpty()) {
            return Path.of(given).toAbsolutePath();
        }
        if (Unprivileged.isRoot()) {
            return Path.of("/var/tmp/clearml-jvm-server");
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path caches = cache != null && cache.startsWith("/")
                ? Path.of(cache)
                : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("clearml-jvm-server");
    }

    /** A folder in a place open to everybody must be ours before a program in it is run. */
    private static Path owned(Path base) throws IOException {
        Files.createDirectories(base);
        String owner = Files.getOwner(base).getName();
        if (Unprivileged.isRoot() && !owner.equals("root")) {
            throw new StoreStartException("folder " + base + " belongs to " + owner + ", not to root");
        }
        return base;
    }

    private static void makeReadable(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(file -> {
                file.toFile().setReadable(true, false);
                if (Files.isDirectory(file) || Files.isExecutable(file)) {
                    file.toFile().setExecutable(true, false);
                }
            });
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    /** Copies a resource of a library to an executable file. */
    public static void copyProgram(ClassLoader loader, String resource, Path to) throws IOException {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("resource " + resource + " is missing");
            }
            Files.copy(in, to);
        }
        to.toFile().setExecutable(true);
    }
}
