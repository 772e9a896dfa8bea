package clearml.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a connection's requests one after the other and turns failures into error answers. */
final class RequestHandler extends SimpleChannelInboundHandler<ClientRequest> {

    private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

    private final Commands commands;

    RequestHandler(Commands commands) {
        this.commands = commands;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ClientRequest request) {
        boolean legacy = request instanceof MongoQuery;
        Document command;
        if (request instanceof MongoQuery query) {
            command = query.getQuery().get("$query") instanceof Document inner ? inner : query.getQuery();
        } else {
            command = ((MongoMessage) request).getDocument();
        }
        Document answer = run(request.getDatabaseName(), command);
        context.writeAndFlush(new Reply(request.getHeader().getRequestID(), answer, legacy), context.voidPromise());
    }

    private Document run(String database, Document command) {
        try {
            return commands.run(database, command);
        } catch (MongoServerError e) {
            log.debug("{} failed: {}", command.keySet().iterator().next(), e.getMessage());
            return error(e.getMessageWithoutErrorCode(), e.getCode(), e.getCodeName(), e);
        } catch (RuntimeException | StackOverflowError e) {
            log.error("internal error in {}", command.keySet(), e);
            return error("internal error: " + e, 8, "UnknownError", e);
        }
    }

    private static Document error(String message, int code, String name, Throwable e) {
        Document error = new Document("ok", 0.0)
                .append("errmsg", message)
                .append("code", code)
                .append("codeName", name);
        if (e instanceof DuplicateKey duplicate) {
            error.append("keyPattern", duplicate.pattern()).append("keyValue", duplicate.value());
        }
        return error;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("connection {} ends", context.channel(), cause);
        context.close();
    }
}
