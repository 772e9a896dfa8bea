package clearml.fileserver;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/** A file as it was when it was opened: an upload that replaces it meanwhile makes another one. */
record OpenFile(Path path, FileChannel channel, long size, FileTime modified) implements Closeable {

    static OpenFile open(Path path) throws IOException {
        try {
            FileTime modified = Files.getLastModifiedTime(path);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new OpenFile(path, channel, channel.size(), modified);
        } catch (NoSuchFileException e) {
            throw FileProblem.notFound();
        }
    }

    String name() {
        return path.getFileName().toString();
    }

    /** Of time, size and place, quoted. */
    String etag() {
        CRC32 place = new CRC32();
        place.update(path.toString().getBytes(StandardCharsets.UTF_8));
        return String.format("\"%x-%x-%x\"", modified.to(TimeUnit.NANOSECONDS), size, place.getValue());
    }

    /** In whole seconds, which is what a header can say. */
    boolean isModifiedAfter(Instant date) {
        return modified.toInstant().getEpochSecond() > date.getEpochSecond();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
