package clearml.apiserver.auth;

import clearml.apiserver.call.Access;
import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.call.Role;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may log in. */
@ApiController
class AccountsApi {

    private final Accounts accounts;

    AccountsApi(Accounts accounts) {
        this.accounts = accounts;
    }

    record CreateRequest(
            @Field(required = true) String name,
            @Field(required = true) String company,
            @Field(required = true) String email,
            @Field(or = "\"user\"") @Nullable Role role,
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable String avatar) {}

    record Created(String id) {}

    record EditRequest(
            @Field(required = true) String user, @Nullable GrantedRole role) {}

    record Updated(int updated, Map<String, Object> fields) {}

    /** The roles that can be given to people. */
    enum GrantedRole {
        ADMIN,
        SUPERUSER,
        USER,
        ANNOTATOR,
        GUEST
    }

    /** Makes a person, for the API and for the web UI. */
    @ApiCall(value = "auth.create_user", access = Access.SYSTEM)
    Created create(CreateRequest request) {
        return new Created(accounts.create(request));
    }

    /** Changes the role of a user of the caller's company; it counts from the next token on. */
    @ApiCall(value = "auth.edit_user", access = Access.ADMIN)
    Updated edit(EditRequest request, Caller caller) {
        return accounts.edit(request, caller.company());
    }
}
