package clearml.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports to listen on. */
public final class Ports {

    private static final int LOWEST = 15_000;

    /** The lowest that Linux gives to outgoing connections; others begin higher. */
    private static final int LOWEST_OUTGOING = 32_768;

    private static final int ATTEMPTS = 100;

    private Ports() {}

    /**
     * A port that is free now on loopback. It is below those that systems give to outgoing connections, so that none of
     * these takes it before somebody listens there.
     */
    public static int free() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, LOWEST_OUTGOING);
            if (isFree(port)) {
                return port;
            }
        }
        throw new StoreStartException("no free port between " + LOWEST + " and " + LOWEST_OUTGOING);
    }

    /** The wanted port where it is free on loopback, another one otherwise. */
    public static int freeOr(int wanted) {
        return isFree(wanted) ? wanted : free();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /**
     * The port to use: a free one for 0, else the given one after a check.
     *
     * @param what who wants to listen there, for the message
     * @throws StoreStartException when somebody else listens there, naming the port
     */
    public static int choose(String what, String host, int port) {
        if (port == 0) {
            return free();
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return port;
        } catch (IOException e) {
            throw new StoreStartException(
                    "port " + port + " on " + host + " cannot be used for " + what + ": " + e.getMessage(), e);
        }
    }
}
