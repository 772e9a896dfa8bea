package clearml.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports to listen on. */
public final class Ports {

    private Ports() {}

    /** A port that is free now on loopback. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StoreStartException("no free port: " + e, e);
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
