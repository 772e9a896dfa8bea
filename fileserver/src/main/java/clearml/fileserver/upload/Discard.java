package clearml.fileserver.upload;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Where the bodies go that nobody wants. */
enum Discard implements WritableByteChannel {
    CHANNEL;

    @Override
    public int write(ByteBuffer source) {
        int length = source.remaining();
        source.position(source.limit());
        return length;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
