package clearml.fileserver;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** An upload that is not complete. Closing it before it was moved into place removes it. */
final class IncomingFile implements Closeable {

    private final Path path;
    private final FileChannel channel;

    IncomingFile(Path path) throws IOException {
        this.path = path;
        // Not a "temporary file" of the JDK: those are readable by their owner only.
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    FileChannel channel() {
        return channel;
    }

    void moveTo(Path target) throws IOException {
        channel.close();
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            moveBetweenFileSystems(target);
        }
    }

    /** A folder below the root may be a mount or a link. */
    private void moveBetweenFileSystems(Path target) throws IOException {
        Path sibling = target.resolveSibling("." + path.getFileName());
        try {
            Files.copy(path, sibling);
            Files.move(sibling, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(sibling);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
