package clearml.fileserver;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The relative path that a client's name stands for. No name leads out of the root, to the root itself, or into the
 * folder of unfinished uploads.
 */
final class StoredName {

    /** Directly below the root, so that a finished upload is renamed within one file system. */
    static final String INCOMING = ".incoming";

    private static final int MAX_COMPONENT = 255;
    private static final int MAX_LENGTH = 4000;

    private StoredName() {}

    /** Of a download or a deletion: a {@code ..} is never right. */
    static Optional<Path> plain(String name) {
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                return Optional.empty();
            }
        }
        return normalized(name).filter(StoredName::isStorable).flatMap(StoredName::path);
    }

    /**
     * Of an upload or a batch deletion, where {@code p/../q} is {@code q}; empty when it leads out of the root.
     *
     * @throws UnstorableName no file can have it
     */
    static Optional<Path> resolved(String name) {
        Optional<String> normalized = normalized(name);
        if (normalized.isPresent() && !isStorable(normalized.get())) {
            throw new UnstorableName();
        }
        return normalized.flatMap(StoredName::path);
    }

    private static Optional<String> normalized(String name) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        boolean refused = parts.isEmpty() || parts.getFirst().equals(INCOMING) || name.indexOf('\\') >= 0;
        return refused ? Optional.empty() : Optional.of(String.join("/", parts));
    }

    private static boolean isStorable(String normalized) {
        if (normalized.indexOf('\0') >= 0 || bytes(normalized) > MAX_LENGTH) {
            return false;
        }
        for (String part : normalized.split("/")) {
            if (bytes(part) > MAX_COMPONENT) {
                return false;
            }
        }
        return true;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Optional<Path> path(String normalized) {
        try {
            return Optional.of(Path.of(normalized));
        } catch (InvalidPathException e) {
            // Half a surrogate pair, or a process whose locale has no such character.
            throw new UnstorableName();
        }
    }

    static final class UnstorableName extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
