package clearml.apiserver.call;

import java.util.List;

/** Who may call an endpoint. */
public enum Access {
    /** Everybody who is authenticated. */
    ALL(true, List.of()),
    /** The server's own users only. */
    SYSTEM(true, List.of(Role.SYSTEM, Role.ROOT)),
    /** The server's own users and admins. */
    ADMIN(true, List.of(Role.SYSTEM, Role.ROOT, Role.ADMIN)),
    /** Credentials are tried, a failure is ignored. */
    OPTIONAL(false, List.of()),
    /** Credentials are not even looked at. */
    OPEN(false, List.of());

    private final boolean authenticated;
    private final List<Role> roles;

    Access(boolean authenticated, List<Role> roles) {
        this.authenticated = authenticated;
        this.roles = roles;
    }

    public boolean mustAuthenticate() {
        return authenticated;
    }

    /** The allowed roles; empty: all. */
    public List<Role> roles() {
        return roles;
    }

    /** Throws 403/20 when the role may not call. */
    public void check(Role role) {
        if (!roles.isEmpty() && !roles.contains(role)) {
            throw ApiError.ROLE_NOT_ALLOWED.with("role", role).with("allowed", roles);
        }
    }
}
