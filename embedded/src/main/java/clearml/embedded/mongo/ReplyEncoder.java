package clearml.embedded.mongo;

import de.bwaldvogel.mongo.wire.OpCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes answers; stored documents go out as the bytes they are. */
final class ReplyEncoder extends MessageToByteEncoder<Reply> {

    private static final AtomicInteger IDS = new AtomicInteger();

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
