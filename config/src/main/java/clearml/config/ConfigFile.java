package clearml.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/** A {@code *.conf} file and the key that its path stands for: {@code services/tasks.conf} is {@code services.tasks}. */
record ConfigFile(Path path, List<String> key) {

    private static final String SUFFIX = ".conf";

    /** The general ones first, so that {@code services/tasks.conf} wins over {@code services.conf}. */
    private static final Comparator<ConfigFile> ORDER = Comparator.<ConfigFile>comparingInt(
                    file -> file.key().size())
            .thenComparing(file -> String.join(".", file.key()));

    /** None when there is no such directory. Hidden entries are skipped: mounted ConfigMaps keep copies in them. */
    static List<ConfigFile> below(Path directory) {
        List<ConfigFile> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try {
                Files.walkFileTree(
                        directory,
                        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                        Integer.MAX_VALUE,
                        new Collector(directory, files));
            } catch (IOException e) {
                throw new ConfigException("Cannot read configuration directory " + directory + ": " + e, e);
            }
        }
        files.sort(ORDER);
        return files;
    }

    static List<String> key(String relativePath) {
        String name = relativePath.substring(0, relativePath.length() - SUFFIX.length());
        return Arrays.asList(name.replace('\\', '/').replace('/', '.').split("\\."));
    }

    String read() {
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new ConfigException("Cannot read file " + path + ": not UTF-8", e);
        } catch (IOException e) {
            throw new ConfigException("Cannot read file " + path + ": " + e, e);
        }
    }

    private static final class Collector extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<ConfigFile> files;

        Collector(Path root, List<ConfigFile> files) {
            this.root = root;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(root) && hidden(directory)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (attributes.isRegularFile() && name.endsWith(SUFFIX) && !hidden(file)) {
                files.add(new ConfigFile(file, key(root.relativize(file).toString())));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof FileSystemLoopException || !file.toString().endsWith(SUFFIX)) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        private static boolean hidden(Path path) {
            return path.getFileName().toString().startsWith(".");
        }
    }
}
