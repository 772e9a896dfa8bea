package clearml.apiserver.auth;

import clearml.apiserver.call.Access;
import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.security.LoginModes;
import clearml.apiserver.security.StoreWarnings;
import java.util.Map;

/** Whether people log in by password. */
@ApiController
class FixedUsersApi {

    private final LoginModes modes;
    private final StoreWarnings warnings;

    FixedUsersApi(LoginModes modes, StoreWarnings warnings) {
        this.modes = modes;
        this.warnings = warnings;
    }

    record Mode(boolean enabled, LoginModes.Guest guest, Map<String, Boolean> serverErrors) {}

    /** For web UIs before {@code login.supported_modes}. */
    @ApiCall(value = "auth.fixed_users_mode", access = Access.OPEN)
    Mode mode() {
        return new Mode(modes.passwords(), modes.guest(), warnings.raised());
    }
}
