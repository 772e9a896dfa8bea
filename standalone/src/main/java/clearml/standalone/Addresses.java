package clearml.standalone;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The URLs under which clients find the servers. */
record Addresses(String api, String files, String web) {

    static Addresses of(Options options) {
        String name = name(options.host());
        return new Addresses(
                "http://" + name + ":" + options.apiPort(),
                "http://" + name + ":" + options.filesPort(),
                "http://" + name + ":" + options.webPort());
    }

    /** The same as seen from here, whatever this machine's name resolves to. */
    static Addresses local(Options options) {
        String host = isEvery(options.host()) ? "127.0.0.1" : options.host();
        return of(new Options(
                options.data(),
                host,
                options.apiPort(),
                options.filesPort(),
                options.webPort(),
                options.webui(),
                options.help()));
    }

    private static boolean isEvery(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    /** Nobody can connect to "all addresses": the name of this machine stands for them. */
    private static String name(String host) {
        if (isEvery(host)) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "127.0.0.1";
            }
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
