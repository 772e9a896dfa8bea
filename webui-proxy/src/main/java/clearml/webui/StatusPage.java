package clearml.webui;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** What the web port shows where there is no web UI: what runs here, how to connect, and how the stores are. */
@RestController
class StatusPage {

    private final WebUiSettings settings;
    private final ServerState state;

    StatusPage(WebUiSettings settings, ServerState state) {
        this.settings = settings;
        this.state = state;
    }

    /** The page, or the UI's own first page. */
    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<byte[]> page() throws IOException {
        try (InputStream in = settings.folder().isPresent()
                ? Files.newInputStream(settings.folder().get().resolve("index.html"))
                : Objects.requireNonNull(StatusPage.class.getResourceAsStream("status.html"))) {
            byte[] content = in.readAllBytes();
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.noCache())
                    .contentType(MediaType.parseMediaType("text/html;charset=utf-8"))
                    .body(settings.folder().isPresent() ? content : filled(content));
        }
    }

    private byte[] filled(byte[] template) {
        return new String(template, StandardCharsets.UTF_8)
                .replace("{{api}}", HtmlUtils.htmlEscape(settings.shownApi()))
                .replace("{{files}}", HtmlUtils.htmlEscape(settings.shownFiles()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The states that the page shows and refreshes. */
    @GetMapping("/status.json")
    ResponseEntity<Map<String, String>> status() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(state.states());
    }
}
