package clearml.apiserver.security;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Identity;
import clearml.apiserver.call.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Calling in the name of somebody else: {@code X-ClearML-Impersonate-As} takes over identity and role,
 * {@code X-ClearML-Act-As} the identity only.
 */
@Component
final class Impersonation {

    private static final String IMPERSONATE_AS = "X-Clearml-Impersonate-As";
    private static final String ACT_AS = "X-Clearml-Act-As";

    private final AuthUsers users;

    Impersonation(AuthUsers users) {
        this.users = users;
    }

    static void refuse(HttpServletRequest request) {
        if (wanted(request) != null) {
            throw ApiError.IMPERSONATION_ERROR.of("the call is not authenticated");
        }
    }

    private static @Nullable String header(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        if (value == null) {
            value = request.getHeader(name.replace("Clearml", "Trains"));
        }
        return value == null || value.isEmpty() ? null : value;
    }

    /** The id of the user to be taken for; 400/5 when both headers name one. */
    private static @Nullable String wanted(HttpServletRequest request) {
        String impersonated = header(request, IMPERSONATE_AS);
        String acted = header(request, ACT_AS);
        if (impersonated != null && acted != null) {
            throw ApiError.INVALID_HEADERS.of("only one allowed").with("headers", List.of(IMPERSONATE_AS, ACT_AS));
        }
        return impersonated == null ? acted : impersonated;
    }

    Caller apply(HttpServletRequest request, Caller caller) {
        String id = wanted(request);
        if (id == null) {
            return caller;
        }
        if (!caller.role().mayImpersonate()) {
            throw ApiError.IMPERSONATION_ERROR.of("impersonation not allowed").with("role", caller.role());
        }
        return caller.as(identity(caller, id, header(request, IMPERSONATE_AS) != null));
    }

    private Identity identity(Caller caller, String id, boolean withRole) {
        AuthUser user = caller.role() == Role.ROOT ? users.byId(id) : users.byId(id, caller.company());
        if (user == null) {
            throw ApiError.IMPERSONATION_ERROR.of("unknown user").with("id", id).with("company", caller.company());
        }
        String company = users.companyName(user.company());
        if (company == null) {
            throw ApiError.IMPERSONATION_ERROR.of("unknown company").with("company", user.company());
        }
        String callerName = caller.identity().userName();
        String name = withRole
                ? user.name() + " (impersonated by " + callerName + ")"
                : callerName + " (acting as " + user.name() + ")";
        Role role = withRole ? user.role() : caller.role();
        return new Identity(user.id(), user.company(), role, name, company);
    }
}
