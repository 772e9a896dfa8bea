package clearml.apiserver.store.elastic;

import java.util.Map;

/**
 * A search and where it looks. An index that does not exist has no documents.
 *
 * @param index one name, several with commas, or a pattern
 * @param body as Elasticsearch takes it
 */
public record Search(String index, Map<String, ?> body) {

    static final Map<String, String> LENIENT = Map.of("ignore_unavailable", "true", "allow_no_indices", "true");
}
