package clearml.apiserver.security;

import jakarta.servlet.http.HttpServletRequest;

/** The address of a caller before proxies. */
final class RealIp {

    private RealIp() {}

    /** The whole first non-empty one of the proxies' headers, else the peer, else {@code untrackable}. */
    static String of(HttpServletRequest request) {
        for (String name : new String[] {"X-Forwarded-For", "X-Real-IP"}) {
            String value = request.getHeader(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        String peer = request.getRemoteAddr();
        return peer == null ? "untrackable" : peer;
    }
}
