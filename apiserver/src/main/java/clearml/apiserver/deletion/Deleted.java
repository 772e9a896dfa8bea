package clearml.apiserver.deletion;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of files; of others nothing was said.
 *
 * @param gone they are not there any more, or never were
 * @param errors reasons by path
 */
record Deleted(Set<String> gone, Map<String, String> errors) {

    static Deleted none(Collection<String> paths, String reason) {
        return new Deleted(Set.of(), paths.stream().collect(Collectors.toMap(path -> path, path -> reason)));
    }
}
