package clearml.apiserver.workers;

import clearml.apiserver.workers.WorkerEntries.TagKind;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which workers are wanted.
 *
 * @param lastSeen heard of within these seconds; null or 0 for no limit
 * @param tags any of these, and none of those with a minus before them
 * @param pattern of the id, see {@link Glob}; null or empty for all
 */
record WorkerSelection(
        @Nullable Long lastSeen,
        List<String> tags,
        List<String> systemTags,
        @Nullable String pattern) {

    private static final String NOT = "-";

    List<Worker> from(WorkerEntries entries, String company) {
        List<Worker> found;
        if (tags.isEmpty() && systemTags.isEmpty()) {
            found = entries.of(company);
        } else {
            Set<String> keys = tagged(entries, company, TagKind.TAGS, tags);
            keys.retainAll(tagged(entries, company, TagKind.SYSTEM_TAGS, systemTags));
            found = entries.read(keys);
        }
        return found.stream().filter(matching(company)::matches).toList();
    }

    private static Set<String> tagged(WorkerEntries entries, String company, TagKind kind, List<String> tags) {
        List<String> wanted = tags.stream().filter(tag -> !tag.startsWith(NOT)).toList();
        Set<String> keys =
                new HashSet<>(wanted.isEmpty() ? entries.keys(company) : entries.tagged(company, kind, wanted));
        keys.removeAll(entries.tagged(company, kind, unwanted(tags)));
        return keys;
    }

    private static Collection<String> unwanted(List<String> tags) {
        return tags.stream()
                .filter(tag -> tag.startsWith(NOT))
                .map(tag -> tag.substring(NOT.length()))
                .toList();
    }

    private Matching matching(String company) {
        Instant since = lastSeen == null || lastSeen == 0
                ? Instant.MIN
                : Instant.now().minusSeconds(Math.max(1, Math.min(lastSeen, Integer.MAX_VALUE)));
        // The user is in front of the id in the key; the pattern may begin behind any underscore.
        boolean any = pattern == null || pattern.isEmpty();
        return new Matching(
                since,
                any ? null : new Glob("*_" + pattern),
                WorkerEntries.prefix(company).length());
    }

    private record Matching(Instant since, @Nullable Glob id, int prefix) {

        boolean matches(Worker worker) {
            return !worker.lastActivityTime().isBefore(since)
                    && (id == null || id.matches(worker.key().substring(prefix)));
        }
    }
}
