package clearml.apiserver.call;

import org.jspecify.annotations.Nullable;

/**
 * Who is calling, and from where.
 *
 * @param identity whose rights apply (after impersonation)
 * @param worker the name sent in {@code X-ClearML-Worker}, or {@code <unknown>}
 * @param realIp the address before proxies, or {@code untrackable}
 * @param session the token that authenticated the call; null for Basic
 */
public record Caller(
        Identity identity,
        String worker,
        String realIp,
        @Nullable TokenSession session) {

    public static final String UNKNOWN_WORKER = "<unknown>";

    public String user() {
        return identity.user();
    }

    public String company() {
        return identity.company();
    }

    public Role role() {
        return identity.role();
    }

    /** The same call in the name of somebody else. */
    public Caller as(Identity other) {
        return new Caller(other, worker, realIp, session);
    }
}
