package clearml.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.IntConsumer;

/** Asks one queue after the other for a task, and must get one each time. */
final class PullingClient implements Client {

    private final HttpConnection connection;
    private final List<byte[]> requests;
    private final IntConsumer pulled;

    /**
     * @param requests to the queues
     * @param pulled learns from which of them a task was pulled
     */
    PullingClient(URI server, List<byte[]> requests, IntConsumer pulled) throws IOException {
        this.connection = new HttpConnection(server);
        this.requests = requests;
        this.pulled = pulled;
    }

    @Override
    public boolean call(long number) throws IOException {
        int queue = (int) (number % requests.size());
        if (!connection.send(requests.get(queue)).data().has("entry")) {
            return false;
        }
        pulled.accept(queue);
        return true;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
