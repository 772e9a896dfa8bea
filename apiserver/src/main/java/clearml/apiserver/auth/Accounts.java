package clearml.apiserver.auth;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Call;
import clearml.apiserver.call.Role;
import clearml.apiserver.security.AuthUsers;
import clearml.apiserver.users.BackendUser;
import clearml.apiserver.users.BackendUsers;
import clearml.config.ServerConfig;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** People as two documents of one id: what they log in with, and what the web UI shows. */
@Component
final class Accounts {

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    private final AuthUsers authUsers;
    private final BackendUsers backendUsers;
    private final String version;

    Accounts(AuthUsers authUsers, BackendUsers backendUsers, ServerConfig config) {
        this.authUsers = authUsers;
        this.backendUsers = backendUsers;
        this.version = config.build().version();
    }

    String create(AccountsApi.CreateRequest request) {
        if (authUsers.companyName(request.company()) == null) {
            throw ApiError.INVALID_ID.with("company", request.company());
        }
        EmailAddress.check(request.email());
        String id = Call.newId();
        Role role = request.role() == null ? Role.USER : request.role();
        authUsers.insert(id, request.name(), request.company(), role, request.email());
        insertBackendUser(id, request);
        return id;
    }

    private void insertBackendUser(String id, AccountsApi.CreateRequest request) {
        try {
            backendUsers.insert(new BackendUser(
                    id,
                    request.company(),
                    request.name(),
                    request.givenName(),
                    request.familyName(),
                    request.avatar(),
                    version));
        } catch (RuntimeException e) {
            // Somebody who can log in and is nobody afterwards is worse than nobody at all.
            authUsers.delete(id);
            LOG.warn("User {} was not created", id, e);
            throw ApiError.GENERAL_ERROR.of("failed adding new user").with("user", id);
        }
    }

    AccountsApi.Updated edit(AccountsApi.EditRequest request, String company) {
        if (authUsers.byId(request.user(), company) == null) {
            throw ApiError.INVALID_USER_ID.with("id", request.user()).with("company", company);
        }
        if (request.role() == null) {
            throw ApiError.GENERAL_ERROR.of("nothing to update").with("user", request.user());
        }
        String role = request.role().name().toLowerCase(Locale.ROOT);
        return new AccountsApi.Updated(authUsers.setRole(request.user(), company, role), Map.of("role", role));
    }
}
