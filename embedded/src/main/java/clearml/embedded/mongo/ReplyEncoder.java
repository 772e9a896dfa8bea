package clearml.embedded.mongo;

import de.bwaldvogel.mongo.wire.OpCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes answers; stored documents go out as the bytes they are. */
final class ReplyEncoder extends MessageToByteEncoder<Reply> {

    /** Enough for what is around the documents of a small answer. */
    private static final int FRAME = 512;

    private static final AtomicInteger IDS = new AtomicInteger();

    /** As large as the answer, so that it is not copied while it grows. */
    @Override
    protected ByteBuf allocateBuffer(ChannelHandlerContext context, Reply reply, boolean preferDirect) {
        int size = FRAME + BsonBytes.sizeOfRaw(reply.document());
        return preferDirect ? context.alloc().ioBuffer(size) : context.alloc().heapBuffer(size);
    }

    @Override
    protected void encode(ChannelHandlerContext context, Reply reply, ByteBuf out) {
        int start = out.writerIndex();
        out.writeIntLE(0);
        out.writeIntLE(IDS.incrementAndGet());
        out.writeIntLE(reply.responseTo());
        if (reply.legacy()) {
            out.writeIntLE(OpCode.OP_REPLY.getId());
            out.writeIntLE(0);
            out.writeLongLE(0);
            out.writeIntLE(0);
            out.writeIntLE(1);
        } else {
            out.writeIntLE(OpCode.OP_MSG.getId());
            out.writeIntLE(0);
            out.writeByte(0);
        }
        BsonBytes.write(reply.document(), out);
        out.setIntLE(start, out.writerIndex() - start);
    }
}
