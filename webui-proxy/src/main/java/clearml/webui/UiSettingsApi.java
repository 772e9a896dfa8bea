package clearml.webui;

import clearml.config.SystemCredential;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The two files that a web UI build asks for and does not have. */
@RestController
class UiSettingsApi {

    private final UiConfiguration configuration;
    private final WebUiSettings settings;

    UiSettingsApi(UiConfiguration configuration, WebUiSettings settings) {
        this.configuration = configuration;
        this.settings = settings;
    }

    /** Where the UI finds its servers: on this port, so that cookies, CORS and one open port are enough. */
    @GetMapping("/configuration.json")
    ResponseEntity<Map<String, Object>> configuration() {
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(configuration.values());
    }

    /** What the UI logs in with for people who only give their name; absent with fixed users, and without a UI. */
    @GetMapping("/credentials.json")
    ResponseEntity<Map<String, String>> credentials() {
        return settings.user()
                .filter(user -> settings.folder().isPresent())
                .map(UiSettingsApi::answer)
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private static ResponseEntity<Map<String, String>> answer(SystemCredential user) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(Map.of("userKey", user.key(), "userSecret", user.secret()));
    }
}
