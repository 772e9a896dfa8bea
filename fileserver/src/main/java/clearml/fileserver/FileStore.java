package clearml.fileserver;

import clearml.config.ConfigException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The directory tree. Files appear and are replaced as a whole. */
final class FileStore {

    /** Longer than any upload pauses; other servers may be writing into the same folder. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path root;
    private final Path incoming;

    private FileStore(Path root) {
        this.root = root;
        this.incoming = root.resolve(StoredName.INCOMING);
    }

    /** @throws ConfigException the folder cannot be made or written */
    static FileStore open(Path root) {
        FileStore store = new FileStore(root);
        try {
            Files.createDirectories(store.incoming);
            store.receive().close();
            store.removeAbandoned();
            return store;
        } catch (IOException e) {
            throw new ConfigException("The folder for files (fileserver.upload.folder, CLEARML_UPLOAD_FOLDER), " + root
                    + ", cannot be written: " + e);
        }
    }

    Path root() {
        return root;
    }

    /** The regular file of a name; links are followed. */
    Optional<Path> find(Path name) {
        return Optional.of(root.resolve(name)).filter(Files::isRegularFile);
    }

    IncomingFile receive() throws IOException {
        return new IncomingFile(incoming.resolve(UUID.randomUUID().toString()));
    }

    /** @throws StoredName.UnstorableName a directory has this name, or a file that of a directory in it */
    void keep(IncomingFile file, Path name) throws IOException {
        Path target = root.resolve(name);
        for (int attempt = 0; ; attempt++) {
            try {
                createParents(target);
                if (Files.isDirectory(target)) {
                    throw new StoredName.UnstorableName();
                }
                file.moveTo(target);
                return;
            } catch (NoSuchFileException e) {
                // A deletion of the folder came between; it may once, not for ever.
                if (attempt == 3) {
                    throw e;
                }
            }
        }
    }

    private static void createParents(Path target) throws IOException {
        try {
            Files.createDirectories(target.getParent());
        } catch (FileAlreadyExistsException e) {
            throw new StoredName.UnstorableName();
        } catch (FileSystemException e) {
            if (String.valueOf(e.getReason()).contains("Not a directory")) {
                throw new StoredName.UnstorableName();
            }
            throw e;
        }
    }

    /** @return false when it is no regular file */
    boolean delete(Path name) throws IOException {
        Path file = root.resolve(name);
        return Files.isRegularFile(file) && Files.deleteIfExists(file);
    }

    boolean exists(Path name) {
        return Files.exists(root.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    boolean isDirectory(Path name) {
        return Files.isDirectory(root.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** With everything below; links are removed, not followed. */
    void deleteTree(Path name) throws IOException {
        Files.walkFileTree(root.resolve(name), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void removeAbandoned() throws IOException {
        Instant limit = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(incoming)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
