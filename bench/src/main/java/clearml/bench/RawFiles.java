package clearml.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk without a file server: writes a file of the size of an upload. */
final class RawFiles implements Client {

    private final Path file;
    private final byte[] content = new byte[FileCalls.MEGABYTES * 1_000_000];

    RawFiles() throws IOException {
        file = Files.createTempFile("bench", ".bin");
    }

    @Override
    public boolean call(long number) throws IOException {
        Files.write(file, content);
        return true;
    }

    @Override
    public void close() throws IOException {
        Files.delete(file);
    }
}
