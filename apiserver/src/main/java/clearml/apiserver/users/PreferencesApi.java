package clearml.apiserver.users;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the web UI remembers about its user. */
@ApiController
class PreferencesApi {

    private final Preferences preferences;

    PreferencesApi(Preferences preferences) {
        this.preferences = preferences;
    }

    /** @param preferences new values by dotted path */
    record SetRequest(
            @Field(required = true) Map<String, Object> preferences,
            @Field(or = "true") boolean returnUpdated) {}

    /** All of the caller's preferences. */
    @ApiCall("users.get_preferences")
    Map<String, Object> get(Caller caller) {
        return Map.of("preferences", preferences.of(caller));
    }

    /** Sets some of them; the others stay. */
    @ApiCall("users.set_preferences")
    Map<String, Object> set(SetRequest request, Caller caller) {
        Map<String, @Nullable Object> changed = preferences.change(caller, request.preferences());
        boolean shown = changed != null && request.returnUpdated();
        return Map.of(
                "updated", changed == null ? 0 : 1,
                "fields", shown ? Map.of("preferences", changed) : Map.of());
    }
}
