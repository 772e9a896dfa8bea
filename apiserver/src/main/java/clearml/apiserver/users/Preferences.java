package clearml.apiserver.users;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.BodyReader;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The preferences of the caller, stored as JSON text. */
@Component
final class Preferences {

    /** Two browser tabs of one person may write at once; more than that do not. */
    private static final int ATTEMPTS = 10;

    private final BackendUsers users;

    Preferences(BackendUsers users) {
        this.users = users;
    }

    Map<String, @Nullable Object> of(Caller caller) {
        return read(stored(caller));
    }

    /** Sets the given paths; the whole afterwards, or null when that changes nothing. */
    @Nullable
    Map<String, @Nullable Object> change(Caller caller, Map<String, ? extends @Nullable Object> changes) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Object stored = stored(caller);
            Map<String, @Nullable Object> preferences = read(stored);
            String before = JsonText.of(preferences);
            changes.forEach((path, value) -> PreferencePath.set(preferences, path, value));
            String after = JsonText.of(preferences);
            if (after.equals(before)) {
                return null;
            }
            if (users.replacePreferences(caller.user(), caller.company(), stored, after)) {
                return preferences;
            }
        }
        throw ApiError.UPDATE_FAILED.with("user", caller.user());
    }

    private @Nullable Object stored(Caller caller) {
        BackendUsers.Stored stored = users.preferences(caller.user(), caller.company());
        if (stored == null) {
            throw ApiError.INVALID_USER_ID.with("id", caller.user()).with("company", caller.company());
        }
        return stored.value();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> read(@Nullable Object stored) {
        if (stored == null || stored.equals("")) {
            return new LinkedHashMap<>();
        }
        // A copy in any case: the caller changes it.
        String text = stored instanceof String json ? json : JsonText.of(stored);
        try {
            Object value = BodyReader.read(text);
            return value instanceof Map ? (Map<String, @Nullable Object>) value : new LinkedHashMap<>();
        } catch (ApiException e) {
            throw ApiError.INCONSISTENT_DATA.of("preferences are no JSON");
        }
    }
}
