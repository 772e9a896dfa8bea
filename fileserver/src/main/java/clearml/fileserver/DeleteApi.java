package clearml.fileserver;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deletions: one file by its path, or many files and folders by the deletion job. */
@RestController
class DeleteApi {

    /** Ten thousand paths of the greatest length there is. */
    private static final long MAX_BATCH_BYTES = 64L * 1024 * 1024;

    private final FileStore store;
    private final FileServerSettings settings;
    private final JsonMapper json;

    DeleteApi(FileStore store, FileServerSettings settings, JsonMapper json) {
        this.store = store;
        this.settings = settings;
        this.json = json;
    }

    /** Removes one file and answers its decoded path as a JSON string; folders stay. 404: no such file. */
    @DeleteMapping(path = "/**", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] delete(HttpServletRequest request) throws IOException {
        String name = RequestPath.name(request);
        if (name.isEmpty()) {
            throw new FileProblem.MethodNotAllowed(FileProblem.ON_ROOT);
        }
        Optional<Path> path = StoredName.plain(name);
        if (path.isEmpty() || !store.delete(path.get())) {
            throw new FileProblem(HttpStatus.NOT_FOUND, "File " + name + " not found");
        }
        return json.writeValueAsBytes(name);
    }

    /**
     * Removes files and whole folders: {@code {"files": [paths]}}, paths percent-encoded and without a leading slash.
     *
     * @return {@code deleted}: each path as sent and what it was decoded to; {@code errors}: each message and the paths
     */
    @PostMapping(path = "/delete_many", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> deleteMany(HttpServletRequest request) throws IOException {
        if (!settings.allowBatchDelete()) {
            throw new FileProblem.MethodNotAllowed(FileProblem.ON_FILES);
        }
        Map<String, String> deleted = new LinkedHashMap<>();
        Map<String, List<String>> errors = new LinkedHashMap<>();
        for (String entry : files(request)) {
            try {
                deleted.put(entry, deleteEntry(entry));
            } catch (EntryProblem problem) {
                errors.computeIfAbsent(String.valueOf(problem.getMessage()), message -> new ArrayList<>())
                        .add(entry);
            }
        }
        return Map.of("deleted", deleted, "errors", errors);
    }

    private List<String> files(HttpServletRequest request) throws IOException {
        JsonNode body;
        try (InputStream in = LimitedBody.of(request, MAX_BATCH_BYTES)) {
            body = json.readTree(in);
        } catch (JacksonException e) {
            throw new FileProblem(HttpStatus.BAD_REQUEST, "The body is not JSON");
        }
        if (body.isNull() || body.isMissingNode() || body.isEmpty()) {
            throw new FileProblem(HttpStatus.BAD_REQUEST, "Json payload is missing");
        }
        JsonNode files = body.path("files");
        if (!files.isArray() || files.isEmpty()) {
            throw new FileProblem(HttpStatus.BAD_REQUEST, "files are missing");
        }
        List<String> entries = new ArrayList<>();
        files.forEach(file -> entries.add(file.isString() ? file.stringValue() : file.toString()));
        return entries;
    }

    /** @return the decoded name; a plus sign is one where such a file exists, else it stands for a blank */
    private String deleteEntry(String entry) throws EntryProblem {
        if (entry.replace("/", "").isEmpty()) {
            throw new EntryProblem("Empty path not allowed");
        }
        if (entry.startsWith("/")) {
            throw new EntryProblem("Not found");
        }
        Optional<String> literal =
                Optional.of(entry).map(DeleteApi::percentDecoded).filter(this::exists);
        String name = literal.orElseGet(() -> formDecoded(entry));
        Path path = path(name).filter(store::exists).orElseThrow(() -> new EntryProblem("Not found"));
        try {
            if (store.isDirectory(path)) {
                store.deleteTree(path);
            } else if (!store.delete(path)) {
                throw new EntryProblem("Not a file or folder");
            }
        } catch (FileSystemException e) {
            throw new EntryProblem(Optional.ofNullable(e.getReason()).orElse("Cannot be deleted"));
        } catch (IOException e) {
            throw new EntryProblem("Cannot be deleted");
        }
        return name;
    }

    private boolean exists(String name) {
        return path(name).filter(store::exists).isPresent();
    }

    private static Optional<Path> path(String name) {
        try {
            return name.startsWith("/") ? Optional.empty() : StoredName.resolved(name);
        } catch (StoredName.UnstorableName e) {
            return Optional.empty();
        }
    }

    private static String percentDecoded(String entry) {
        try {
            return RequestPath.decode(entry);
        } catch (StoredName.UnstorableName e) {
            return entry;
        }
    }

    private static String formDecoded(String entry) {
        try {
            return URLDecoder.decode(entry, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return entry.replace('+', ' ');
        }
    }

    private static final class EntryProblem extends Exception {

        private static final long serialVersionUID = 1L;

        EntryProblem(String message) {
            super(message, null, false, false);
        }
    }
}
