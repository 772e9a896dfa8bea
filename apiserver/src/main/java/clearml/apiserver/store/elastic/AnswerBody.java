package clearml.apiserver.store.elastic;

import clearml.apiserver.call.BodyRoom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.apache.http.nio.protocol.AbstractAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Takes an answer as it comes, as far as it may be and there is room for it. */
final class AnswerBody extends AbstractAsyncResponseConsumer<HttpResponse> {

    private static final int FIRST_BYTES = 16 * 1024;

    private final BodyRoom.Place place;
    private final int most;
    private @Nullable HttpResponse response;
    private byte[] bytes = new byte[0];
    private int length;

    /** @param most bytes */
    AnswerBody(BodyRoom.Place place, int most) {
        this.place = place;
        this.most = most;
    }

    /** The answer has more bytes than it may. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** There is no room at the moment. */
    static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1L;

        /** Bytes. */
        private final int needed;

        private NoRoom(int needed) {
            this.needed = needed;
        }

        int needed() {
            return needed;
        }
    }

    @Override
    protected void onResponseReceived(HttpResponse response) {
        this.response = response;
    }

    @Override
    protected void onEntityEnclosed(HttpEntity entity, ContentType contentType) throws IOException {
        if (entity.getContentLength() > 0) {
            grow(entity.getContentLength());
        }
    }

    @Override
    protected void onContentReceived(ContentDecoder decoder, IOControl control) throws IOException {
        int read = 1;
        while (read > 0 && !decoder.isCompleted()) {
            if (length == bytes.length) {
                grow(length >= most ? most + 1L : Math.min(most, Math.max(FIRST_BYTES, 2L * length)));
            }
            read = decoder.read(ByteBuffer.wrap(bytes, length, bytes.length - length));
            length += Math.max(read, 0);
        }
    }

    private void grow(long size) throws IOException {
        if (size > most) {
            throw new TooLarge();
        }
        if (!place.has(size)) {
            throw new NoRoom((int) size);
        }
        bytes = Arrays.copyOf(bytes, (int) size);
    }

    @Override
    protected HttpResponse buildResult(HttpContext context) {
        HttpResponse whole = Objects.requireNonNull(response);
        whole.setEntity(new NByteArrayEntity(bytes, 0, length));
        return whole;
    }

    @Override
    protected void releaseResources() {
        bytes = new byte[0];
    }
}
