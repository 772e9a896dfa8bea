package clearml.apiserver.security;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Identity;
import clearml.apiserver.call.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The identity inside a token. What is wrong with it is told in the words of the reference. */
final class TokenIdentity {

    private static final Set<String> MEMBERS =
            Set.of("user", "company", "role", "user_name", "company_name", "entities");
    private static final List<String> REQUIRED = List.of("user", "company", "role");

    private TokenIdentity() {}

    static Identity of(@Nullable Object claim) {
        if (!(claim instanceof Map<?, ?> members)) {
            throw malformed("the token has no identity");
        }
        for (Object name : members.keySet()) {
            if (!MEMBERS.contains(String.valueOf(name))) {
                throw malformed("Identity.__init__() got an unexpected keyword argument '" + name + "'");
            }
        }
        checkComplete(members);
        Role role = Role.of(members.get("role"));
        if (!(members.get("user") instanceof String user)) {
            throw malformed("the token's user is no text");
        }
        return new Identity(
                user,
                text(members.get("company")),
                // A role of another edition gives no right that everybody has not.
                role == null ? Role.GUEST : role,
                text(members.get("user_name")),
                text(members.get("company_name")));
    }

    private static void checkComplete(Map<?, ?> members) {
        List<String> missing = new ArrayList<>();
        for (String name : REQUIRED) {
            if (!members.containsKey(name)) {
                missing.add("'" + name + "'");
            }
        }
        if (!missing.isEmpty()) {
            throw malformed("Identity.__init__() missing " + missing.size() + " required positional argument"
                    + (missing.size() > 1 ? "s" : "") + ": " + enumerated(missing));
        }
    }

    private static String enumerated(List<String> names) {
        return switch (names.size()) {
            case 1 -> names.get(0);
            case 2 -> names.get(0) + " and " + names.get(1);
            default -> names.get(0) + ", " + names.get(1) + ", and " + names.get(2);
        };
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static ApiException malformed(String reason) {
        return ApiError.INVALID_TOKEN.of("failed parsing token").with("reason", reason);
    }
}
