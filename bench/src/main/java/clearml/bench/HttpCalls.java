package clearml.bench;

import java.io.IOException;
import java.net.URI;
import java.util.function.LongFunction;

/** A client that sends a request made for each call, over one connection. */
final class HttpCalls implements Client {

    private final HttpConnection connection;
    private final LongFunction<byte[]> request;

    private HttpCalls(HttpConnection connection, LongFunction<byte[]> request) {
        this.connection = connection;
        this.request = request;
    }

    static Workload.ClientFactory to(URI server, LongFunction<byte[]> request) {
        return () -> new HttpCalls(new HttpConnection(server), request);
    }

    /** The same request every time. */
    static Workload.ClientFactory to(URI server, byte[] request) {
        return to(server, number -> request);
    }

    @Override
    public boolean call(long number) throws IOException {
        return connection.sendAndDrain(request.apply(number)) == 200;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
