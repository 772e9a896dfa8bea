package clearml.apiserver.auth;

import clearml.apiserver.call.Access;
import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.security.LoginModes;
import java.util.Map;

/** Whether people log in by password. */
@ApiController
class FixedUsersApi {

    private final LoginModes modes;

    FixedUsersApi(LoginModes modes) {
        this.modes = modes;
    }

    /** @param serverErrors what the start found wrong with the stores: nothing, it waits for them and refuses old data */
    record Mode(boolean enabled, LoginModes.Guest guest, Map<String, Boolean> serverErrors) {}

    /** For web UIs before {@code login.supported_modes}. */
    @ApiCall(value = "auth.fixed_users_mode", access = Access.OPEN)
    Mode mode() {
        return new Mode(modes.passwords(), modes.guest(), Map.of());
    }
}
